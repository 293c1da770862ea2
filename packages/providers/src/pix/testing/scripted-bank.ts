import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Credentials } from '../../payment-provider.ts';
import { bankCertificate, bankKey, salonCertificate, salonKey } from './certificates.ts';

export interface Heard {
  /** `PUT /v2/cob/abc` */
  readonly what: string;
  readonly query: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Status and body of an answer; a text is sent as it is. Undefined: the line breaks. */
export type Said = readonly [status: number, body: unknown] | undefined;

export const salonCredentials: Credentials = {
  baseUrl: 'https://pix.bank.example/v2',
  tokenUrl: 'https://auth.bank.example/oauth/token',
  clientId: 'Client_Id_salon',
  clientSecret: 'Client_Secret_salon',
  certificate: `${salonCertificate}\n${salonKey}`,
  certificateFile: '',
  certificatePassword: '',
  pixKey: 'salon@example.com',
  receiverName: 'Salão Tília',
  receiverCity: 'São Paulo',
  tokenBody: 'form',
  webhookDelivery: 'standard',
  feePercent: '',
};

export const problem = (status: number, type: string, detail = 'não'): Said => [
  status,
  { type: `https://pix.bcb.gov.br/api/v2/error/${type}`, title: 'Título', status, detail },
];

const banks: (() => void)[] = [];
afterEach(() => {
  for (const stop of banks.splice(0)) stop();
});

/** A bank that says what it is told to: `answers` by `METHOD /path`, in turn, the last one for ever. The token it gives is `token-1`, `token-2`, …. */
export async function scriptedBank(answers: Record<string, readonly Said[]>, { demandsCertificate = true } = {}) {
  const heard: Heard[] = [];
  let tokens = 0;
  const script = new Map(Object.entries(answers).map(([what, said]) => [what, [...said]]));
  const tls = { cert: bankCertificate, key: bankKey, requestCert: demandsCertificate, rejectUnauthorized: demandsCertificate, ca: salonCertificate };
  const server = createServer(tls, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'https://bank');
      const what = `${request.method} ${pathname}`;
      heard.push({ what, query: searchParams, headers: request.headers, body: Buffer.concat(parts).toString() });
      const said = script.get(what);
      const isToken = what === 'POST /oauth/token' && !said;
      const answer = isToken ? ([200, { access_token: `token-${++tokens}`, token_type: 'Bearer', expires_in: 3600 }] as const) : next(said);
      if (!answer) return void request.socket.destroy();
      response.writeHead(answer[0], { 'content-type': 'application/json' });
      return void response.end(typeof answer[1] === 'string' ? answer[1] : JSON.stringify(answer[1]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  banks.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, ca: bankCertificate, heard, asked: () => heard.map(({ what }) => what) };
}

function next(said: Said[] | undefined): Said {
  if (!said) return problem(404, 'NaoEncontrado');
  return said.length > 1 ? said.shift() : said[0];
}

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askProvider, type Conversation, secretsOf, withoutSecrets } from './ask-provider.ts';

const secret = 's3cret/+=="ключ"';
const errorShape = z.object({ errCode: z.string(), errText: z.string() });
const talk: Conversation = {
  title: 'The bank',
  secrets: [secret],
  timeoutMs: 1000,
  refusalOf: ({ status, json }) => {
    const said = errorShape.safeParse(json);
    if (!said.success) return undefined;
    const { errCode, errText } = said.data;
    return { code: status === 403 ? 'bad_credentials' : errCode, message: errText, alsoAsFailure: errCode === 'CANNOT' };
  },
};
const shape = z.object({ amount: z.string() });

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

async function bank(answer: (response: ServerResponse, heard: { method: string; body: string; headers: NodeJS.Dict<string | string[]> }) => void) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(response, { method: request.method ?? '', body: Buffer.concat(parts).toString(), headers: request.headers }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  servers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}
const saying = (status: number, text: string) => bank((response) => response.writeHead(status).end(text));
const ask = (url: string, changes: Partial<Conversation> = {}) => askProvider({ ...talk, ...changes }, { method: 'GET', url }, shape);

describe('asking a provider', () => {
  it('an answer of the right shape is done, every number to the last digit', async () => {
    expect(await ask(await saying(200, '{"amount":750.10}'))).toEqual({ kind: 'done', value: { amount: '750.10' } });
  });

  it('an answer may be empty where nothing is expected', async () => {
    const url = await saying(204, '');
    expect(await askProvider(talk, { method: 'POST', url }, z.unknown())).toEqual({ kind: 'done', value: undefined });
  });

  it('sends what it was given, and asks for JSON', async () => {
    const heard: unknown[] = [];
    const url = await bank((response, request) => {
      heard.push([request.method, request.body, request.headers['content-type'], request.headers['accept'], request.headers['x-token']]);
      response.end('{"amount":1}');
    });
    const headers = { 'content-type': 'application/json', 'x-token': 'abc' };
    await askProvider(talk, { method: 'PUT', url, headers, body: '{"сума":1}' }, shape);
    expect(heard).toEqual([['PUT', '{"сума":1}', 'application/json', 'application/json', 'abc']]);
  });

  it.each([400, 403, 404, 200, 302])('an understood no (%s) is declined', async (status) => {
    expect(await ask(await saying(status, '{"errCode":"NO","errText":"not you"}'))).toEqual({
      kind: 'declined',
      code: status === 403 ? 'bad_credentials' : 'NO',
      message: 'not you',
    });
  });

  it.each([500, 502, 503, 429, 408])('a failure of its own (%s) is unknown, also in its own words', async (status) => {
    expect(await ask(await saying(status, '{"errCode":"NO","errText":"busy"}'))).toEqual({
      kind: 'unknown',
      message: `The bank: answered ${status}: busy`,
    });
  });

  it('a no that it documents as a failure is a no', async () => {
    expect(await ask(await saying(500, '{"errCode":"CANNOT","errText":"too late"}'))).toEqual({
      kind: 'declined',
      code: 'CANNOT',
      message: 'too late',
    });
  });

  it.each([
    ['a page of something in between', 404, '<html>Not Found</html>'],
    ['a page that says all is well', 200, '<html>OK</html>'],
    ['nothing', 200, ''],
    ['another shape', 200, '{"amount":{}}'],
    ['half of an answer', 200, '{"amount":'],
    ['rubbish that says no', 400, '[]'],
    ['a redirect', 307, ''],
  ])('%s is unknown', async (_what, status, text) => {
    expect((await ask(await saying(status, text))).kind).toBe('unknown');
  });

  it('never goes where a redirect leads', async () => {
    let came = 0;
    const elsewhere = await bank((response) => {
      came += 1;
      response.end('{"amount":1}');
    });
    const url = await bank((response) => response.writeHead(307, { location: elsewhere }).end());
    expect(await ask(url)).toEqual({ kind: 'unknown', message: 'The bank: answered 307' });
    expect(came).toBe(0);
  });

  it('silence is cut off and unknown, also when it begins in the middle of an answer', async () => {
    const silent = await bank(() => undefined);
    const stuck = await bank((response) => response.writeHead(200).write('{"amount":'));
    for (const url of [silent, stuck]) {
      expect(await ask(url, { timeoutMs: 50 })).toEqual({ kind: 'unknown', message: 'The bank: no whole answer within 50 ms' });
    }
    const deaf = () => new Promise<never>(() => undefined);
    expect((await ask('http://x', { timeoutMs: 20, send: deaf })).kind).toBe('unknown');
  });

  it('a broken line is unknown and says why', async () => {
    const broken = await bank((response) => response.socket?.destroy());
    expect(await ask(broken)).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/^The bank: fetch failed \(/) });
    expect(await ask('http://127.0.0.1:1/')).toMatchObject({ kind: 'unknown', message: expect.stringContaining('The bank: fetch failed') });
    expect((await ask('no address')).kind).toBe('unknown');
  });

  it('an answer without end is not read to its end', async () => {
    const url = await bank((response) => {
      const more = 'x'.repeat(1_000_000);
      const go = () => {
        while (!response.destroyed && response.write(more));
      };
      response.on('drain', go);
      go();
    });
    expect(await ask(url, { timeoutMs: 5000 })).toMatchObject({ kind: 'unknown', message: 'The bank: an answer without end' });
  });
});

describe('secrets', () => {
  it('are in no message, whatever the provider quotes', async () => {
    const quoted = `token ${secret}, ${encodeURIComponent(secret)} and ${JSON.stringify(secret)}`;
    for (const status of [400, 500]) {
      const answer = await ask(await saying(status, JSON.stringify({ errCode: 'NO', errText: quoted })));
      expect(JSON.stringify(answer)).toContain('token …, … and');
      expect(JSON.stringify(answer)).not.toContain('s3cret');
    }
    const failing = async () => Promise.reject(new Error(`cannot reach https://x?token=${encodeURIComponent(secret)}`));
    expect(await ask('http://x', { send: failing })).toEqual({ kind: 'unknown', message: 'The bank: cannot reach https://x?token=…' });
  });

  it('of which one is part of another leave nothing behind; no secret at all changes nothing', () => {
    expect(withoutSecrets('abcdef abc', ['abc', 'abcdef', ''])).toBe('… …');
    expect(withoutSecrets('all of it', [])).toBe('all of it');
    expect(withoutSecrets('x'.repeat(1000), ['\ud800'])).toHaveLength(300);
  });

  it('are those that the form marks', () => {
    const form = z.object({
      key: z.string().meta({ secret: true }),
      id: z.string().meta({ secret: false }),
      more: z.string().meta({ secret: true }),
    });
    expect(secretsOf(form, { key: 'k', id: 'i' })).toEqual(['k', '']);
  });
});

import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Sandbox, SandboxOptions } from '../../sandbox-kit/sandbox.ts';
import { sayProblems } from './answer-call.ts';
import { appRoutes } from './app-routes.ts';
import type { Habits } from './books.ts';
import { cobRoutes } from './cob-routes.ts';
import { type Control, controlOf } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import { developersRoutes } from './developers-routes.ts';
import { tokenRoute } from './give-token.ts';
import { accountOf, inventKeys } from './invent-keys.ts';
import { keepIdentity } from './keep-identity.ts';
import { pixRoutes } from './pix-routes.ts';
import { Psp } from './psp.ts';
import { registerWebhook } from './register-webhook.ts';
import { webhookRoutes } from './webhook-routes.ts';

const PORTS_TRIED = 50;

export interface PixSandbox extends Sandbox {
  /** Changes how the PSP treats one merchant where the standard leaves it to the PSP. */
  setHabits(clientId: string, habits: Partial<Habits>): void;
}

/** Starts a PSP that speaks the API Pix over TLS with certificates on both sides, and beside it, in plain http, what people look at. */
export async function startSandbox(options: SandboxOptions): Promise<PixSandbox> {
  const { now, statePath, host = '127.0.0.1', port = 0, publicOrigin, tickEveryMs = 1000 } = options;
  const psp = new Psp({ now, statePath });
  const control = controlOf(psp);
  const { authority, server } = await keepIdentity(psp, [...new Set(['localhost', '127.0.0.1', '::1', host])]);

  const api = apiOf(psp, { ca: authority.certificate, cert: server.certificate, key: server.key });
  await api.listen({ port, host });
  const origin = `https://${host}:${portOf(api)}`;

  const pages = pagesOf(psp, control, origin);
  await listenNextTo(pages, port === 0 ? 0 : port + 1, host);
  psp.pagesOrigin = publicOrigin ?? `http://${host}:${portOf(pages)}`;
  psp.deliveries.sendDue();

  const timer = tickEveryMs === 0 ? undefined : setInterval(() => void control.tick(), tickEveryMs);
  timer?.unref();

  return {
    ...control,
    provider: 'pix',
    origin,
    pagesOrigin: psp.pagesOrigin,
    ca: authority.certificate,
    faults: psp.faults,
    webhooks: psp.deliveries,
    inventKeys: (name) => inventKeys(psp, origin, name),
    setAccount: (keys, webhookUrl) =>
      psp.deed((work) => {
        const account = accountOf(keys, work.tx.get('account', keys['clientId'] ?? ''));
        work.tx.put('account', account.id, account);
        if (webhookUrl !== undefined) registerWebhook(work, account, webhookUrl);
      }),
    setHabits: (clientId, habits) => {
      const account = psp.account(clientId);
      psp.deed(({ tx }) => tx.put('account', account.id, { ...account, habits: { ...account.habits, ...habits } }));
    },
    close: async () => {
      clearInterval(timer);
      await psp.deliveries.close();
      await Promise.all([api.close(), pages.close()]);
      psp.journal.close();
    },
  };
}

/** Who has no certificate of this PSP's authority does not get as far as HTTP. */
function apiOf(psp: Psp, tls: { ca: string; cert: string; key: string }): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    serverFactory: (handler) => createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, handler),
  });
  takeForms(app);
  takeEmptyJson(app);
  sayProblems(app);
  tokenRoute(app, psp);
  cobRoutes(app, psp);
  pixRoutes(app, psp);
  webhookRoutes(app, psp);
  return app;
}

function pagesOf(psp: Psp, control: Control, origin: string): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  takeForms(app);
  appRoutes(app, psp);
  developersRoutes(app, psp, origin);
  controlRoutes(app, control);
  return app;
}

function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Some programs say the type of a body that they do not send. */
function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parse(request, body.toString(), done),
  );
}

async function listenNextTo(app: FastifyInstance, port: number, host: string): Promise<void> {
  for (let tried = 0; ; tried++) {
    try {
      await app.listen({ port: port === 0 ? 0 : port + tried, host });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === PORTS_TRIED) throw error;
    }
  }
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

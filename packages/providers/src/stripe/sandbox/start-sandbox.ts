import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError } from 'fastify';
import type { Faults } from '../../sandbox-kit/faults.ts';
import { apiRoutes } from './api-routes.ts';
import { type Control, controlOf } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import type { Deliveries } from './deliver-events.ts';
import { developersRoutes } from './developers-routes.ts';
import { disputesPageRoutes } from './disputes-page-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { Refusal } from './refusal.ts';
import { SandboxState } from './sandbox-state.ts';

/** A merchant's account at the sandbox, by the three values an owner would enter. */
export interface AccountKeys {
  readonly secretKey: string;
  readonly publishableKey: string;
  /** `whsec_…`, the whole text is the key. */
  readonly webhookSecret: string;
  /** Where events go. Without it they wait until one is set. */
  readonly webhookUrl?: string | undefined;
  /** `acct_…` of an account that has rolled its keys; left out: one is made from the secret key, the same after a restart. */
  readonly id?: string | undefined;
}

export interface StripeSandboxOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly host?: string;
  readonly now: () => Date;
  readonly accounts: readonly AccountKeys[];
  /** A file that keeps everything over a restart; left out: memory only. One process at a time. */
  readonly statePath?: string | undefined;
  readonly newId?: (prefix: string) => string;
  /** What the client's browser can reach, when it is not the sandbox's own origin. */
  readonly publicOrigin?: string | undefined;
  /** How often due events and expiries are looked for, real milliseconds; 0: only by `tick()` and by requests. Default 1000. */
  readonly tickEveryMs?: number;
}

export interface StripeSandbox extends Control {
  readonly origin: string;
  readonly faults: Faults;
  readonly events: Deliveries;
  /** Adds an account, or changes the one with this secret key (a webhook address is often known only later). */
  setAccount(keys: AccountKeys): void;
  close(): Promise<void>;
}

/** Starts a local server that speaks Stripe's protocol for payments by Checkout Session. */
export async function startStripeSandbox(options: StripeSandboxOptions): Promise<StripeSandbox> {
  const state = new SandboxState({ now: options.now, newId: options.newId ?? stripeLikeId, statePath: options.statePath });
  const register = (keys: AccountKeys) => {
    const id = keys.id ?? accountIdOf(keys.secretKey);
    state.accounts.set(id, { ...keys, id });
  };
  options.accounts.forEach(register);
  const control = controlOf(state);
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(error.statusCode ?? 500, error.message, { type: (error.statusCode ?? 500) < 500 ? 'invalid_request_error' : 'api_error' });
    return reply.code(refusal.status).send(refusal.body(state.newId('req')));
  });
  apiRoutes(app, state);
  pageRoutes(app, state);
  developersRoutes(app, state);
  disputesPageRoutes(app, state, control);
  controlRoutes(app, state, control);

  await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const origin = `http://${options.host ?? '127.0.0.1'}:${(app.server.address() as AddressInfo).port}`;
  state.publicOrigin = options.publicOrigin ?? origin;
  state.deliveries.sendDue();

  const every = options.tickEveryMs ?? 1000;
  const timer = every === 0 ? undefined : setInterval(() => void state.tick(), every);
  timer?.unref();

  return {
    ...control,
    origin,
    faults: state.faults,
    events: state.deliveries,
    setAccount: (keys) => {
      register(keys);
      state.deliveries.sendDue();
    },
    close: async () => {
      clearInterval(timer);
      await state.deliveries.close();
      await app.close();
      state.journal.close();
    },
  };
}

/** The name an account has that was not given one. */
export function accountIdOf(secretKey: string): string {
  return `acct_${createHash('sha256').update(secretKey).digest('hex').slice(0, 16)}`;
}

/** `pi_` and 24 letters and digits, or `cs_test_` and more, as Stripe's ids look. */
function stripeLikeId(prefix: string): string {
  return `${prefix}_${randomBytes(prefix === 'cs_test' ? 60 : 36)
    .toString('base64')
    .replaceAll(/[+/=]/g, '')
    .slice(0, prefix === 'cs_test' ? 58 : 24)}`;
}

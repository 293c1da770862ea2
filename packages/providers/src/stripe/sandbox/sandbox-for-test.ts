import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { onTestFinished } from 'vitest';
import { type StripeSandbox, type StripeSandboxOptions, startStripeSandbox } from './start-sandbox.ts';

export const secretKey = 'sk_test_salon';
export const webhookSecret = 'whsec_salon+/=';
export const start = new Date('2026-11-20T10:00:00Z');

/** A clock that stands still until it is moved. */
export class TestClock {
  at = start;
  readonly now = (): Date => this.at;

  move(wait: { seconds?: number; minutes?: number; hours?: number }): void {
    const seconds = (wait.seconds ?? 0) + 60 * (wait.minutes ?? 0) + 3600 * (wait.hours ?? 0);
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: string;
  readonly event: { id: string; type: string; data: { object: Record<string, unknown> } };
}

/** A salon's webhook address; `answer` is the status it gives. */
export async function webhookAddress(): Promise<{ url: string; received: Received[]; types: () => string[]; answer: { status: number } }> {
  const received: Received[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      received.push({ headers: request.headers, raw, event: JSON.parse(raw) });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, received, types: () => received.map((one) => one.event.type).sort(), answer };
}

export async function sandboxForTest(options: Partial<StripeSandboxOptions> & { webhookUrl?: string } = {}) {
  const clock = new TestClock();
  const { webhookUrl, ...rest } = options;
  const sandbox = await startStripeSandbox({
    now: clock.now,
    tickEveryMs: 0,
    accounts: [{ secretKey, publishableKey: 'pk_test_salon', webhookSecret, webhookUrl }],
    ...rest,
  });
  onTestFinished(() => sandbox.close());
  return { clock, sandbox, stripe: sdk(sandbox), session: opener(sandbox) };
}

/** Stripe's own library, the independent reader of what the sandbox says. */
export function sdk(sandbox: Pick<StripeSandbox, 'origin'>, key = secretKey, more: ConstructorParameters<typeof Stripe>[1] = {}): Stripe {
  const { hostname, port } = new URL(sandbox.origin);
  return new Stripe(key, { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...more });
}

export const order: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 4500, product_data: { name: 'Haircut' } } }],
  success_url: 'http://127.0.0.1:9/thanks?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1:9/back',
  client_reference_id: 'hf_pay_1',
};

export function orderOf(unit_amount: number, currency: string): Stripe.Checkout.SessionCreateParams {
  return { ...order, line_items: [{ quantity: 1, price_data: { currency, unit_amount, product_data: { name: 'Haircut' } } }] };
}

function opener(sandbox: StripeSandbox) {
  return (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => sdk(sandbox).checkout.sessions.create({ ...order, ...more });
}

/** What was refused, as the SDK's error. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

export function statePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'stripe-sandbox-')), 'state.jsonl');
}

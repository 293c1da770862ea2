import type { z } from 'zod';
import { askProvider, type Refusal, secretsOf } from '../kit/ask-provider.ts';
import type { Credentials, Outcome } from '../payment-provider.ts';
import { credentialsShape, keysOf } from './credentials.ts';
import { signData } from './sign-data.ts';
import { refusalShape } from './wire.ts';

/** Where LiqPay is. */
export interface LiqpayPlace {
  readonly origin: string;
  readonly timeoutMs: number;
}

/** LiqPay knows the keys no more, or never did. */
const badCredentials: readonly string[] = ['invalid_signature', 'err_signature', 'public_key_not_found', 'err_auth'];

export const unknownPayment = 'payment_not_found';

/** Asks LiqPay one thing, signed; numbers in the answer are texts. */
export function askLiqpay<Shape extends z.ZodType>(
  { origin, timeoutMs }: LiqpayPlace,
  credentials: Credentials,
  said: { readonly action: 'status' | 'refund' | 'reports' } & Readonly<Record<string, unknown>>,
  shape: Shape,
): Promise<Outcome<z.infer<Shape>>> {
  const { data, signature } = signData(said, keysOf(credentials));
  return askProvider(
    {
      title: 'LiqPay',
      secrets: secretsOf(credentialsShape, credentials),
      timeoutMs,
      refusalOf: ({ json }) => refusalOf(json, said.action),
    },
    {
      method: 'POST',
      url: `${origin}/api/request`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ data, signature }).toString(),
    },
    shape,
  );
}

/**
 * LiqPay says no with 200 as well. A payment that has failed carries an error of its own, with which the question about it has not been refused: such an
 * answer names the payment.
 */
function refusalOf(json: unknown, action: string): Refusal | undefined {
  const read = refusalShape.safeParse(json);
  if (!read.success) return undefined;
  const { result, status, payment_id: paymentId, err_description: description } = read.data;
  const code = read.data.err_code || read.data.code;
  const failed = status === 'error' || status === 'failure';
  if (!(result === 'error' || failed) || (action === 'status' && paymentId) || !code) return undefined;
  return { code: badCredentials.includes(code) ? 'bad_credentials' : code, message: description || code };
}

import Stripe from 'stripe';
import type { Credentials, Outcome } from '../payment-provider.ts';

/**
 * What a failed call means. Only an answer in which Stripe understood us and said no is `declined`. A broken connection, a time-out, 5xx, 429, an
 * answer that is not Stripe's JSON: the call may have had its effect, so it is `unknown`. So is a key used before with other details: what that
 * earlier call made exists, and must be looked for.
 */
export function outcomeOfError(error: unknown, credentials: Credentials): Exclude<Outcome<never>, { kind: 'done' }> {
  const message = withoutSecrets(error instanceof Error ? error.message : 'no reason given', credentials);
  if (error instanceof Stripe.errors.StripeAuthenticationError) return { kind: 'declined', code: 'bad_credentials', message };
  if (error instanceof Stripe.errors.StripePermissionError) return { kind: 'declined', code: 'not_permitted', message };
  if (error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { kind: 'declined', code: error.code ?? 'invalid_request', message };
  }
  return { kind: 'unknown', message };
}

/** Stripe knows no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;
}

/** Messages go to logs and screens; a key in them would too. Also catches keys that are not this connection's. */
export function withoutSecrets(text: string, credentials: Credentials): string {
  let clean = text;
  for (const secret of Object.values(credentials)) if (secret !== '') clean = clean.replaceAll(secret, '…');
  return clean.replace(/\b(?:sk|rk|pk|whsec)_[\w*+/=]+/g, '…').slice(0, 300);
}

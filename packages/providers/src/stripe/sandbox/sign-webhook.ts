import { createHmac } from 'node:crypto';

/** `Stripe-Signature` for a body: HMAC-SHA256 over `<seconds>.<body>`, keyed with the whole `whsec_…` text (docs.stripe.com/webhooks). */
export function signWebhook(body: string, secret: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`, 'utf8').digest('hex')}`;
}

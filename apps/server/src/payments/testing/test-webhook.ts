import { createHmac } from 'node:crypto';

/** As Stripe signs: HMAC-SHA256 over `t.body`. */
export function signature(at: Date, body: string, secret = 'whsec_shop_signing_secret'): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** An event about a page, as Stripe would send it. */
export function sessionEvent(id: string, session: Record<string, unknown>): string {
  return JSON.stringify({ id, object: 'event', type: 'checkout.session.completed', data: { object: { object: 'checkout.session', ...session } } });
}

import { createHmac, randomBytes } from 'node:crypto';

const BEGINS = 'whsec_';

/** A new secret in the form of the Standard Webhooks specification. */
export function newWebhookSecret(): string {
  return `${BEGINS}${randomBytes(32).toString('base64')}`;
}

/**
 * The three headers of the Standard Webhooks specification: the id, the moment in seconds, and for each secret a signature over `id.moment.body`. With two secrets
 * a receiver that knows either of them is content.
 */
export function webhookHeaders(secrets: readonly string[], id: string, at: Date, body: string): Record<string, string> {
  const moment = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(BEGINS.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${moment}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': moment, 'webhook-signature': signatures.join(' ') };
}

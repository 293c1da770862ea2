import type Stripe from 'stripe';
import type { Outcome, WebhookSetUp } from '../payment-provider.ts';
import { stripeApiVersion, webhookEndpointRowShape, webhookEndpointShape } from './wire.ts';

type Event = Stripe.WebhookEndpointCreateParams.EnabledEvent;

/**
 * An endpoint of ours beside whatever others the merchant has: their addresses are other programs'. Its signing secret is told only when it is made, so an
 * endpoint with our address that is there already is replaced by a new one. The new one first: between the two nothing is lost.
 */
export async function setUpStripeWebhook(stripe: Stripe, url: string, events: readonly string[]): Promise<Outcome<WebhookSetUp>> {
  const made = webhookEndpointShape.parse(
    await stripe.webhookEndpoints.create({
      url,
      enabled_events: events as Event[],
      api_version: stripeApiVersion as Stripe.WebhookEndpointCreateParams.ApiVersion,
      description: 'Holdfast',
    }),
  );
  const former: string[] = [];
  for await (const row of stripe.webhookEndpoints.list({ limit: 100 })) {
    const endpoint = webhookEndpointRowShape.parse(row);
    if (endpoint.url === url && endpoint.id !== made.id) former.push(endpoint.id);
  }
  for (const id of former) await stripe.webhookEndpoints.del(id);
  return { kind: 'done', value: { kind: 'set', credentials: { signingSecret: made.secret } } };
}

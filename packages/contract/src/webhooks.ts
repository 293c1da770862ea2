import { z } from 'zod';
import { instantShape } from './time.ts';
import { webhookTypes } from './webhook-types.ts';

const id = z.string().min(1).max(60);
const typeShape = z.enum(webhookTypes);

const endpointFields = {
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .describe('https; nothing inside your own network'),
  about: z.string().trim().max(120).default('').describe('What it is for'),
  types: z.array(typeShape).min(1).max(webhookTypes.length),
};

export const endpointWishShape = z
  .strictObject({
    ...endpointFields,
    locationId: id.nullable().describe('Null: of every location, also of later ones; only who has the right everywhere'),
  })
  .meta({ id: 'WebhookEndpointWish' });
export type EndpointWish = z.input<typeof endpointWishShape>;
export const endpointChangeShape = z
  .strictObject({ ...endpointFields, on: z.boolean(), version: z.int().min(1).describe('What the change is based on') })
  .meta({ id: 'WebhookEndpointChange' });
export type EndpointChange = z.input<typeof endpointChangeShape>;

export const endpointShape = z
  .object({
    id: z.string(),
    version: z.int(),
    url: z.string(),
    about: z.string(),
    locationId: z.string().nullable(),
    locationName: z.string().nullable(),
    types: z.array(typeShape),
    offBecause: z
      .enum(['by_hand', 'failing', 'gone'])
      .nullable()
      .describe('Null: it works. `failing`: nothing had arrived for three days. `gone`: it answered 410'),
    offAt: instantShape.nullable(),
    failingSince: instantShape.nullable(),
    deliveredAt: instantShape.nullable().describe('When something arrived last'),
    waiting: z.int(),
    givenUp: z.int().describe('Of the last 30 days'),
    oldSecretUntil: instantShape.nullable().describe('Until then everything is signed twice'),
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof endpointShape>;
export const endpointsShape = z
  .object({
    endpoints: z.array(endpointShape),
    locations: z.array(z.object({ id: z.string(), name: z.string() })).describe('Where you may have some'),
    everywhere: z.boolean().describe('You may have some of every location'),
  })
  .meta({ id: 'WebhookEndpoints' });
export type WebhookEndpoints = z.infer<typeof endpointsShape>;
export const newEndpointShape = z
  .object({ endpoint: endpointShape, secret: z.string().describe('`whsec_…`: shown this once') })
  .meta({ id: 'NewWebhookEndpoint' });
export type NewEndpoint = z.infer<typeof newEndpointShape>;

export const rotationWishShape = z
  .strictObject({ oldHours: z.int().min(0).max(168).default(24).describe('How long the old secret signs beside the new one') })
  .meta({ id: 'WebhookSecretRotation' });

export const deliveryStatuses = ['waiting', 'delivered', 'given_up'] as const;
export const deliveriesAskedShape = z.object({
  status: z.enum(deliveryStatuses).optional(),
  type: typeShape.optional(),
  subject: z.string().max(120).optional().describe('An appointment, a payment or a client'),
  after: z.string().max(40).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const deliveryShape = z
  .object({
    id: z.string(),
    eventId: z.string(),
    type: typeShape.or(z.literal('ping')),
    subjectId: z.string(),
    toldAt: instantShape,
    status: z.enum(deliveryStatuses),
    tries: z.int(),
    dueAt: instantShape.nullable().describe('When it is tried next'),
    endedAt: instantShape.nullable(),
    because: z.string().describe('Why it was given up: `three_days`, `endpoint_off`; else what the last try came to'),
    behind: z.boolean().describe('It waits for an earlier event about the same thing'),
    lastStatus: z.int().nullable().describe('The last answer; null: none'),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof deliveryShape>;
export const deliveriesShape = z.object({ deliveries: z.array(deliveryShape), next: z.string().nullable() }).meta({ id: 'WebhookDeliveries' });
export type WebhookDeliveries = z.infer<typeof deliveriesShape>;
export const deliveryDetailShape = deliveryShape
  .extend({
    payload: z.unknown().describe('What is sent'),
    log: z
      .array(
        z.object({
          no: z.int(),
          at: instantShape,
          tookMs: z.int(),
          status: z.int().nullable(),
          answer: z.string().describe('The first 2 kB'),
          because: z.string().describe('Why there was no answer'),
        }),
      )
      .describe('Every try, the newest first'),
  })
  .meta({ id: 'WebhookDeliveryDetail' });
export type WebhookDeliveryDetail = z.infer<typeof deliveryDetailShape>;

export const replayWishShape = z
  .strictObject({ since: instantShape, only: z.enum(['given_up', 'all']).describe('What never arrived, or everything that was told') })
  .meta({ id: 'WebhookReplay' });
export const replayedShape = z.object({ replayed: z.int() }).meta({ id: 'WebhookReplayed' });

import { z } from 'zod';
import { messageChannels, messageKindNames } from './message-kinds.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { appointmentStatuses } from './steps.ts';

const inLanguagesShape = z.object({ en: z.string(), uk: z.string(), pt: z.string() });

/** How the visit of a scenario is paid: a prepayment that is required, one that the client chose (available), or by the payment link. */
export const simulatedWays = ['required', 'available', 'link'] as const;
export const simulatedWayShape = z.enum(simulatedWays);
export type SimulatedWay = z.infer<typeof simulatedWayShape>;

export const scenarioGroups = ['webhooks', 'minutes', 'wrong_money', 'outages', 'people'] as const;
export type ScenarioGroup = (typeof scenarioGroups)[number];

/** Why something cannot be chosen. */
export const simulationReasons = [
  'takes_other_currencies', // the provider does not take the location's currency
  'no_sandbox', // nobody can play this provider here
  'nobody_does_it', // no team member who can be booked online does the service
  'booked_by_staff_only', // the service cannot be booked online
  'none_required', // no service asks for a prepayment
  'none_available', // no service offers one
  'none_without', // every service must be prepaid: no visit is left to be paid by the link
] as const;
export type SimulationReason = (typeof simulationReasons)[number];
const reasonShape = z.enum(simulationReasons).nullable().describe('Why it cannot be chosen; null: it can');

/** `GET …/simulations/scenarios` */
export const simulationChoicesShape = z
  .object({
    scenarios: z.array(
      z.object({
        id: z.string(),
        group: z.enum(scenarioGroups),
        title: inLanguagesShape,
        story: inLanguagesShape.describe('What happens in it'),
        ways: z.array(simulatedWayShape),
      }),
    ),
    ways: z.array(z.object({ way: simulatedWayShape, reason: reasonShape, switchedOn: z.boolean().describe('Whether clients can pay so today') })),
    providers: z.array(
      z.object({ name: z.string(), title: z.string(), reason: reasonShape, connected: z.boolean().describe('Connected at this location today') }),
    ),
    services: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        ways: z.array(simulatedWayShape).describe('How a visit for it can be paid'),
        reason: reasonShape,
      }),
    ),
    messages: z.boolean().describe('Whether any message channel is switched on: else nobody is told anything'),
  })
  .meta({ id: 'SimulationChoices' });
export type SimulationChoices = z.infer<typeof simulationChoicesShape>;

/** `POST …/simulations` */
export const simulationWishShape = z.strictObject({
  scenario: z.string().max(60),
  way: simulatedWayShape.optional().describe('Left out: the first that the scenario has and the location can play'),
  provider: z.string().max(40).optional().describe('Left out: the one that is connected, else any that takes the currency'),
  serviceId: z.string().max(60).optional(),
});
export type SimulationWish = z.infer<typeof simulationWishShape>;

/** Who of the two clients in a story: the one it is about, and another one. */
export const simulatedClients = ['first', 'second'] as const;
const whoShape = z.enum(simulatedClients);
export type SimulatedClient = z.infer<typeof whoShape>;

/** Where money can be, in the words of the books. */
export const moneyPlaces = ['clearing', 'prepayments', 'client', 'unplaced', 'register', 'income', 'fees'] as const;
const placeShape = z.enum(moneyPlaces).describe('clearing: what the provider owes us');
export type MoneyPlace = z.infer<typeof placeShape>;

const moment = { atSeconds: z.int().describe('Since the first booking, by the clock of the copy') };
const money = { amountMinor: amountMinorShape, currency: currencyShape };

export const simulatedFactShape = z
  .discriminatedUnion('lane', [
    z.object({
      lane: z.literal('client'),
      ...moment,
      who: whoShape,
      what: z.enum(['booked', 'goes_to_pay', 'second_tab', 'comes_back', 'cancelled', 'refused']),
      code: z.string().nullable().describe('Of a refusal: its stable name; page_broken: the page to pay did not open'),
    }),
    z.object({
      lane: z.literal('provider'),
      ...moment,
      what: z.enum([
        'paid',
        'processing',
        'declined',
        'page_closed',
        'not_offered',
        'decided',
        'given_back',
        'stranger_paid',
        'down',
        'down_create',
        'down_close',
        'answer_lost',
        'up',
        'webhooks_held',
        'webhooks_lost',
        'webhook_taken',
        'webhook_refused',
      ]),
      who: whoShape.nullable(),
      amountMinor: amountMinorShape.nullable(),
      currency: currencyShape.nullable(),
      times: z.int().describe('How often, for what came several times'),
    }),
    z.object({
      lane: z.literal('calendar'),
      ...moment,
      who: whoShape,
      what: z.string().describe('As the change history of an appointment calls it: booked, paid, expired, restored …'),
      status: z.enum(appointmentStatuses),
    }),
    z.object({ lane: z.literal('money'), ...moment, from: placeShape, to: placeShape, ...money }),
    z.object({
      lane: z.literal('messages'),
      ...moment,
      who: whoShape.nullable(),
      kind: z.enum(messageKindNames as [string, ...string[]] as [(typeof messageKindNames)[number]]),
      channel: z.enum(messageChannels),
      subject: z.string(),
      body: z.string(),
    }),
    z.object({
      lane: z.literal('attention'),
      ...moment,
      kind: z.string().describe('As the queue "Needs attention" calls it'),
      amountMinor: amountMinorShape.nullable(),
      currency: currencyShape.nullable(),
    }),
  ])
  .meta({ id: 'SimulatedFact' });
export type SimulatedFact = z.infer<typeof simulatedFactShape>;

/** How it ends, in one word for a sentence. */
export const simulationEnds = [
  'paid', // the time is theirs and it is paid
  'kept_unpaid', // the appointment stands, nothing was paid
  'let_go', // the time was let go, nothing was paid
  'credit', // the money is on the client's account
  'unplaced', // the money waits for somebody to say whose it is
  'given_back', // paid, and the money went back
  'given_back_in_part',
  'cancelled', // cancelled, nothing was paid
  'attention', // money at the provider that only "Needs attention" knows of
  'not_offered', // it cannot happen at this provider
] as const;
export type SimulationEnd = (typeof simulationEnds)[number];

export const simulationShape = z
  .object({
    scenario: z.string(),
    way: simulatedWayShape,
    provider: z.object({ name: z.string(), title: z.string() }),
    service: z.object({ id: z.string(), name: z.string(), staffName: z.string() }),
    visit: z.object({ startsAt: z.iso.datetime(), timeZone: z.string() }),
    price: z.object(money).describe('What is to be paid online'),
    timeline: z.array(simulatedFactShape).describe('In the order in which it came true'),
    end: z.object({
      outcome: z.enum(simulationEnds),
      appointment: z.enum(appointmentStatuses).describe('Of the client it is about'),
      holder: whoShape.nullable().describe('Who has the time; null: it is free'),
      asSaid: z.boolean().describe('Whether it ended as the scenario says it must'),
      everyCent: z.boolean().describe('Whether provider, payments, lines and ledger tell the same story'),
      places: z.array(z.object({ place: z.enum(['prepayments', 'client', 'unplaced', 'given_back', 'attention']), ...money })),
      disagreements: z.array(z.string()),
    }),
  })
  .meta({ id: 'Simulation' });
export type Simulation = z.infer<typeof simulationShape>;

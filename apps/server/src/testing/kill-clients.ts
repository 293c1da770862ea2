import { randomBytes } from 'node:crypto';
import type { Booking, PaymentStarted, Quote } from '@holdfast/contract/booking';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';

/** The steps of a booking and its payment, as a client sees them; `…Asked` is the moment at which the request has left. */
export const steps = ['bookAsked', 'booked', 'pageAsked', 'pageShown', 'payAsked', 'paid', 'backAsked', 'confirmed'] as const;
export type Step = (typeof steps)[number];

/** What a client was told, and may rely on from then on. */
export interface Acknowledged {
  readonly token: string;
  readonly status: Booking['status'];
  readonly holdExpiresAt: string | null;
  readonly appointments: readonly { readonly id: string; readonly startsAt: string }[];
  readonly paidMinor: number;
  /** The provider's page said "paid". */
  readonly paidAtProvider: boolean;
}

export interface Crowd {
  /** By token, the newest word of the server. */
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  /** How often each step was reached. */
  readonly reached: Readonly<Record<Step, number>>;
  /** Lets `clients` book and pay, one booking after another, until the server is gone or `enough` resolves. */
  run(wish: { clients: number; onStep: (step: Step) => void; enough: Promise<void> }): Promise<void>;
}

/** Clients of the demo's location, who book by HTTP and pay at its Stripe sandbox. `random`: 0 ≤ x < 1, from the printed seed. */
export function crowdOf({ origin, sandboxOrigin, random }: { origin: string; sandboxOrigin: string; random: () => number }): Crowd {
  const acknowledged = new Map<string, Acknowledged>();
  const reached = Object.fromEntries(steps.map((step) => [step, 0])) as Record<Step, number>;
  const api = `${origin}/api/v1/locations/demo/lisbon`;
  let number = 0;

  const note = (booking: Booking, paidAtProvider = acknowledged.get(booking.token)?.paidAtProvider ?? false) => {
    const { token, status, holdExpiresAt, paidMinor } = booking;
    const appointments = booking.appointments.map(({ id, startsAt }) => ({ id, startsAt }));
    acknowledged.set(token, { token, status, holdExpiresAt, appointments, paidMinor, paidAtProvider });
  };

  async function oneBooking(onStep: (step: Step) => void, page: LocationPage, gone: AbortSignal): Promise<void> {
    const tell = (step: Step) => {
      reached[step]++;
      onStep(step);
    };
    const ask = <T>(url: string, body?: unknown) => askJson<T>(url, body, gone);
    const offers = page.staff.flatMap((member) => member.services.map((offer) => ({ staffId: member.id, ...offer })));
    const payable = offers.filter((offer) => offer.policy.status !== 'not_available');
    const offer = payable[Math.floor(random() * payable.length)];
    if (!offer) throw new Error('the demo has nothing to pay for');
    const day = new Date(new Date(`${page.location.firstDay}T00:00:00Z`).getTime() + Math.floor(1 + random() * 20) * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const free = await ask<FreeTimes>(`${api}/free-times?services=${offer.serviceId}&staff=${offer.staffId}&from=${day}&days=7`);
    const times = free.body.days.flatMap((one) => one.times);
    const time = times[Math.floor(random() * times.length)];
    if (!time) return;
    const wished = { serviceIds: [offer.serviceId], staffId: offer.staffId, startsAt: time.at };
    const quote = await ask<Quote>(`${api}/quotes`, { appointments: [wished] });
    if (quote.status !== 200) return;
    const booking = {
      draftId: randomBytes(12).toString('hex'),
      quoteId: quote.body.quoteId,
      appointments: [{ ...wished, payServiceIds: offer.policy.status === 'available' ? [offer.serviceId] : [] }],
      client: { name: 'Client', phone: `+35191${String(2_000_000 + ++number + Math.floor(random() * 1_000) * 1_000)}`, email: '' },
      comment: '',
      language: 'en',
      consent: { terms: true, termsVersion: page.location.terms.version },
    };
    const asked = ask<Booking>(`${api}/bookings`, booking);
    tell('bookAsked');
    const made = await asked;
    // somebody was faster, or this address holds too much already: both are answers
    if (made.status === 409 || made.status === 429) return;
    if (made.status !== 201) throw new Error(`the booking was answered ${made.status}: ${JSON.stringify(made.body)}`);
    note(made.body);
    tell('booked');
    const { token } = made.body;
    if (random() < 0.1) return;
    const opening = ask<PaymentStarted>(`${origin}/api/v1/bookings/${token}/payments`, {});
    tell('pageAsked');
    const opened = await opening;
    if (opened.status !== 200) return;
    tell('pageShown');
    if (random() < 0.1) return;
    const session = new URL(opened.body.pageUrl).pathname.split('/').at(-1) ?? '';
    const paying = ask<{ outcome: string }>(`${sandboxOrigin}/_sandbox/sessions/${session}/pay`, {});
    tell('payAsked');
    const paid = await paying;
    if (paid.status !== 200) return;
    const before = acknowledged.get(token);
    if (before) acknowledged.set(token, { ...before, paidAtProvider: true });
    tell('paid');
    const coming = ask<Booking>(`${origin}/api/v1/bookings/${token}/payment-checks`, {});
    tell('backAsked');
    const back = await coming;
    if (back.status !== 200) return;
    note(back.body);
    if (back.body.status === 'confirmed') tell('confirmed');
  }

  return {
    acknowledged,
    reached,
    async run({ clients, onStep, enough }) {
      const gone = new AbortController();
      void enough.then(() => gone.abort());
      const page = (await askJson<LocationPage>(`${api}`, undefined, gone.signal)).body;
      const client = async () => {
        while (!gone.signal.aborted) {
          try {
            await oneBooking(onStep, page, gone.signal);
          } catch (error) {
            // the server is gone, or has been told to go: what this client was asking for, nobody has answered
            if (gone.signal.aborted || (error instanceof TypeError && error.message === 'fetch failed') || isCut(error)) return;
            throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
    },
  };
}

export interface JsonAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** POST with a body, GET without. */
export async function askJson<T>(url: string, body?: unknown, signal?: AbortSignal): Promise<JsonAnswer<T>> {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.any([AbortSignal.timeout(20_000), ...(signal ? [signal] : [])]),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** An answer that broke off in the middle. */
function isCut(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}

/** mulberry32: the same seed, the same numbers. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

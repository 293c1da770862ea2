import { z } from 'zod';
import type { Http } from '../../kit/http.ts';
import { Problem } from '../../kit/problem.ts';
import { formOf } from './form-of.ts';
import type { PlainSources } from './plain-sources.ts';

const params = z.object({ token: z.string().max(200) });

/** What the client's own page does without a script. Every form leads back to the page by a redirect, so a reload repeats nothing. */
export async function plainBookingRoutes(http: Http, sources: PlainSources): Promise<void> {
  http.post('/b/:token/payment', { schema: { hide: true, params } }, async ({ params: { token } }, reply) => {
    reply.header('cache-control', 'no-store');
    return reply.redirect(await orTrouble(token, () => sources.pay(token)), 303);
  });
  http.post('/b/:token/cancellation', { schema: { hide: true, params } }, async ({ params: { token }, body }, reply) => {
    const form = formOf(body);
    const amount = z.coerce.number().int().min(0);
    const seen = z.object({ at: z.iso.datetime(), back: amount, lost: amount.optional() }).safeParse(Object.fromEntries(form));
    if (!seen.success) return reply.redirect(`/b/${token}`, 303);
    const to = await orTrouble(token, async () => {
      const { at, back, lost } = seen.data;
      await sources.cancel(token, { at, backMinor: back, ...(lost === undefined ? {} : { visitsLost: lost }) });
      return `/b/${token}`;
    });
    return reply.redirect(to, 303);
  });
  http.post(
    '/b/:token/choice/:appointmentId',
    { schema: { hide: true, params: params.extend({ appointmentId: z.string().max(60) }) } },
    async ({ params: { token, appointmentId }, body }, reply) => {
      const choice = formOf(body).get('choice');
      if (choice !== 'keep_credit' && choice !== 'ask_refund') return reply.redirect(`/b/${token}`, 303);
      const to = await orTrouble(token, async () => {
        await sources.choose(token, appointmentId, { choice });
        return `/b/${token}`;
      });
      return reply.redirect(to, 303);
    },
  );
}

const movedShape = z.object({
  startsAt: z.iso.datetime(),
  staff: z.string().min(3).max(60),
  from: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  mostPercent: z.coerce.number().int().min(0).max(100),
  visitsLost: z.coerce.number().int().min(0),
});

/** A visit takes another time. What has gone meanwhile is said where another one is chosen. */
export async function plainMoveRoute(http: Http, sources: PlainSources): Promise<void> {
  http.post(
    '/b/:token/moves/:appointmentId',
    { schema: { hide: true, params: params.extend({ appointmentId: z.string().max(60) }) } },
    async ({ params: { token, appointmentId }, body }, reply) => {
      const wish = movedShape.safeParse(Object.fromEntries(formOf(body)));
      if (!wish.success) return reply.redirect(`/b/${token}/moves/${appointmentId}`, 303);
      const { startsAt, staff, from, seenAt, ...read } = wish.data;
      const to = await orTrouble(token, async () => {
        try {
          await sources.move(token, appointmentId, { startsAt, staffId: staff, from, seen: { at: seenAt, ...read } });
          return `/b/${token}`;
        } catch (error) {
          if (error instanceof Problem && error.detail['because'] === 'other_consequence')
            return `/b/${token}/moves/${appointmentId}?${new URLSearchParams({ time: startsAt, staff, less: 'yes' })}`;
          if (!(error instanceof Problem) || !['time_taken', 'time_not_offered'].includes(error.code)) throw error;
          return `/b/${token}/moves/${appointmentId}?gone=yes`;
        }
      });
      return reply.redirect(to, 303);
    },
  );
}

/** What cannot be done is said on the page itself, in the client's words. */
async function orTrouble(token: string, deed: () => Promise<string>): Promise<string> {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return `/b/${token}?trouble=${error.code}`;
  }
}

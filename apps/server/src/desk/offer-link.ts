import type { BookingContext } from '../booking/context.ts';
import { noteLinkChange } from '../booking/note-link.ts';
import { stateOfLink } from '../booking/read-payment-link.ts';
import { lockVisit } from '../booking/read-visit.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { openChannels } from '../messages/channels.ts';
import { clientById, noteLinkMade } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

/** Makes the visit's payment link, if it can be paid by one (`off` and its like say so in the checkout). Repeating it changes nothing. */
export async function makeLink(ctx: BookingContext, { who, place }: AtDesk, appointmentId: string): Promise<'made' | 'not_offered'> {
  const { scope } = place;
  return ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    const at = ctx.now();
    const state = await stateOfLink(tx, scope, visit, at);
    if (state !== 'ready' && state !== 'checking') return 'not_offered';
    if (await noteLinkMade(tx, scope, who, appointmentId, at)) await noteLinkChange(tx, scope, visit, 'payment_link_made', who.name, at);
    return 'made';
  });
}

/** Sends the link to the client, once for each time it is asked. Refuses with `step_not_allowed` where there is nothing to pay or no address. */
export async function sendLink(ctx: BookingContext, { who, place }: AtDesk, appointmentId: string, channel: 'sms' | 'email'): Promise<void> {
  const { scope } = place;
  if ((await makeLink(ctx, { who, place }, appointmentId)) === 'not_offered')
    throw new Problem('step_not_allowed', 409, 'This visit cannot be paid by a link now.');
  await ctx.db.transaction(async (tx) => {
    const visit = await lockVisit(tx, scope, appointmentId);
    const at = ctx.now();
    const client = await clientById(tx, scope, visit.clientId);
    if (!(channel === 'sms' ? client?.phone : client?.email))
      throw new Problem('step_not_allowed', 409, 'The client has no such address.', { channel });
    if (!(await openChannels(tx, scope)).includes(channel)) throw new Problem('step_not_allowed', 409, 'This channel is not set up.', { channel });
    await noteLinkChange(tx, scope, visit, 'payment_link_sent', who.name, at, { channel });
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'payment_link.send', subjectId: appointmentId, payload: { channel }, at });
  });
}

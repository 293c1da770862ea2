import { messageKinds, REMINDER_HOURS } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { MessagesContext } from './context.ts';
import { planMessage } from './plan-messages.ts';

/**
 * Visits that are near enough get their reminder written down, once for each time that they have: a moved visit is reminded of anew. Who booked only just
 * before is not reminded of what they have just done. Answers how many there were.
 */
export async function planReminders(ctx: MessagesContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const { rows } = await sql<{ chainId: string; locationId: string; appointmentId: string; clientId: string; startsAt: Date }>`
    select a.chain_id "chainId", a.location_id "locationId", a.appointment_id "appointmentId", a.client_id "clientId", a.starts_at "startsAt"
      from message_channels c
      join appointments a on a.chain_id = c.chain_id and a.location_id = c.location_id
      left join message_kinds k on k.chain_id = c.chain_id and k.location_id = c.location_id and k.kind = 'reminder'
     where c.enabled and case c.channel when 'email' then coalesce(k.email, ${messageKinds.reminder.email}) else coalesce(k.sms, ${messageKinds.reminder.sms}) end
       and a.status in ('waiting', 'confirmed')
       and a.starts_at > ${at} and a.starts_at <= ${at}::timestamptz + make_interval(hours => coalesce(k.hours_before, ${REMINDER_HOURS}))
       and a.created_at <= a.starts_at - make_interval(hours => coalesce(k.hours_before, ${REMINDER_HOURS}))
       and not exists (select 1 from messages m where m.chain_id = a.chain_id and m.kind = 'reminder' and m.channel = c.channel
                          and m.cause = a.appointment_id || '/' || floor(extract(epoch from a.starts_at))::bigint)
     order by a.starts_at limit ${limit}`.execute(ctx.db.read);
  for (const { chainId, locationId, appointmentId, clientId, startsAt } of rows) {
    const cause = `${appointmentId}/${Math.floor(startsAt.getTime() / 1000)}`;
    await planMessage(ctx, {
      scope: mintScope(chainId, locationId),
      kind: 'reminder',
      cause,
      subject: { kind: 'appointment', id: appointmentId },
      clientId,
      dueAt: at,
    });
  }
  return rows.length;
}

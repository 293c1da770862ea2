import {
  askedMessageKinds,
  codeMessageKinds,
  type MessageKind,
  messageKinds,
  REMINDER_HOURS,
  userMessageKinds,
} from '@holdfast/contract/message-kinds';
import type { KindWish } from '@holdfast/contract/messages';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { MessagesContext } from './context.ts';
import { lockSettings } from './lock-settings.ts';
import { wrongField } from './wrong-field.ts';

const always: readonly MessageKind[] = [...userMessageKinds, ...askedMessageKinds, ...codeMessageKinds];

/** By which channels a kind goes, and how long before the visit a reminder does. Refuses with `changed_meanwhile`, `invalid_request`. */
export async function switchKind(ctx: MessagesContext, who: Who, { scope }: Place, kind: MessageKind, { was, ...wish }: KindWish): Promise<void> {
  if (always.includes(kind)) throw wrongField('kind', 'These are always sent.');
  if ((wish.hoursBefore !== null) !== (kind === 'reminder')) throw wrongField('hoursBefore', 'Only a reminder goes some hours before.');
  await ctx.db.transaction(async (tx) => {
    await lockSettings(tx, scope);
    const { rows } = await sql<typeof wish>`
      select email, sms, hours_before "hoursBefore" from message_kinds
       where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = ${kind}`.execute(tx);
    const now = rows[0] ?? { ...messageKinds[kind], hoursBefore: kind === 'reminder' ? REMINDER_HOURS : null };
    if (!isSame(now, was)) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile.');
    if (isSame(now, wish)) return;
    await sql`
      insert into message_kinds (chain_id, location_id, kind, email, sms, hours_before)
      values (${scope.chainId}, ${scope.locationId}, ${kind}, ${wish.email}, ${wish.sms}, ${wish.hoursBefore})
      on conflict (chain_id, location_id, kind) do update set email = excluded.email, sms = excluded.sms, hours_before = excluded.hours_before`.execute(
      tx,
    );
    await noteAudit(tx, ctx, who, {
      action: 'message_kind.changed',
      subject: { kind: 'message_kind', id: kind },
      locationId: scope.locationId,
      before: differing(now, wish),
      after: differing(wish, now),
    });
  });
}

type Switches = Omit<KindWish, 'was'>;
const fields = ['email', 'sms', 'hoursBefore'] as const satisfies readonly (keyof Switches)[];

function isSame(one: Switches, other: Switches): boolean {
  return fields.every((field) => one[field] === other[field]);
}

function differing(one: Switches, other: Switches): Partial<Switches> {
  return Object.fromEntries(fields.filter((field) => one[field] !== other[field]).map((field) => [field, one[field]]));
}

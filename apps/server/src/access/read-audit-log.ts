import type { AuditChoices, AuditEntry, AuditFilter } from '@holdfast/contract/audit';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Queryable } from '../kit/database.ts';
import type { Who } from './who.ts';

interface EntryRow extends Omit<AuditEntry, 'at' | 'subject'> {
  readonly at: Date;
  readonly kind: string;
  readonly subjectId: string;
  readonly name: string | null;
}

/** The newest `limit` entries that fit, from `after` on; only of the whole chain and of locations where who asks may see the log. */
export async function readAuditLog(
  q: Queryable,
  who: Who,
  { from, to, zone, user, location, action, subject }: AuditFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<readonly AuditEntry[]> {
  const all = sql`true`;
  const { rows } = await sql<EntryRow>`
    select a.audit_id id, a.at, a.user_id "userId", a.user_name "userName", a.address, a.request_id "requestId", a.location_id "locationId", a.action,
           a.subject_kind kind, a.subject_id "subjectId", a.before, a.after,
           case a.subject_kind
             when 'user' then (select u.name from users u where u.chain_id = a.chain_id and u.user_id = a.subject_id)
             when 'role' then (select r.name from roles r where r.chain_id = a.chain_id and r.role_id = a.subject_id)
             when 'location' then (select l.name from locations l where l.chain_id = a.chain_id and l.location_id = a.subject_id)
             when 'service' then (select s.name from services s where s.chain_id = a.chain_id and s.location_id = a.location_id and s.service_id = a.subject_id)
             when 'staff' then (select s.name from staff s where s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.subject_id)
           end name
      from audit_log a
     where a.chain_id = ${who.chainId} and (a.location_id is null or a.location_id = any(${[...locationsToAudit(who)]}))
       and ${from ? sql`a.at >= ${startOf(from, zone)}` : all} and ${to ? sql`a.at < ${startOf(to, zone, 1)}` : all}
       and ${user ? sql`a.user_id = ${user}` : all} and ${location ? sql`a.location_id = ${location}` : all}
       and ${subject ? sql`a.subject_id = ${subject}` : all}
       and ${action ? (action.includes('.') ? sql`a.action = ${action}` : sql`starts_with(a.action, ${`${action}.`})`) : all}
       and ${after ? sql`(a.at, a.audit_id) < (select b.at, b.audit_id from audit_log b where b.chain_id = ${who.chainId} and b.audit_id = ${after})` : all}
     order by a.at desc, a.audit_id desc limit ${limit}`.execute(q);
  return rows.map(({ at, kind, subjectId, name, ...entry }) => ({ ...entry, at: at.toISOString(), subject: { kind, id: subjectId, name } }));
}

/** The whole log that fits, page after page. */
export async function* walkAuditLog(q: Queryable, who: Who, filter: AuditFilter): AsyncGenerator<readonly AuditEntry[]> {
  let after: string | undefined;
  do {
    const page = await readAuditLog(q, who, filter, { after, limit: 500 });
    if (page.length > 0) yield page;
    after = page.length === 500 ? page.at(-1)?.id : undefined;
  } while (after);
}

/** What the log can be filtered by. */
export async function readAuditChoices(q: Queryable, who: Who): Promise<AuditChoices> {
  const seen = sql`a.chain_id = ${who.chainId} and (a.location_id is null or a.location_id = any(${[...locationsToAudit(who)]}))`;
  const users = await sql<{ id: string; name: string }>`
    select distinct on (a.user_id) a.user_id id, a.user_name name from audit_log a where ${seen} and a.user_id is not null order by a.user_id, a.at desc`.execute(
    q,
  );
  const actions = await sql<{ action: string }>`select distinct a.action from audit_log a where ${seen} order by 1`.execute(q);
  const locations = await sql<{ id: string; name: string }>`
    select location_id id, name from locations where chain_id = ${who.chainId} and location_id = any(${[...locationsToAudit(who)]}) order by position, 1`.execute(
    q,
  );
  return {
    users: [...users.rows].sort((one, other) => one.name.localeCompare(other.name)),
    actions: actions.rows.map(({ action }) => action),
    locations: [...locations.rows],
  };
}

function locationsToAudit(who: Who): readonly string[] {
  return [...who.places].filter(([, place]) => place.rights.has('audit.see')).map(([id]) => id);
}

/** The first instant of a day of this place, or of so many days later. No log is older than this program. */
function startOf(day: string, zone: string, plusDays = 0): Date {
  const plain = day < '2020' ? Temporal.PlainDate.from('2020-01-01') : Temporal.PlainDate.from(day);
  return new Date(plain.add({ days: plusDays }).toZonedDateTime({ timeZone: zone }).epochMilliseconds);
}

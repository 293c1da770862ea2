import { z } from 'zod';
import { dayShape, instantShape } from './time.ts';

/** What the log is asked for. */
export const auditFilterShape = z.object({
  from: dayShape.optional().describe('First day, by the calendar of `zone`'),
  to: dayShape.optional().describe('Last day, included'),
  zone: z.string().max(60).refine(isTimeZone, 'no time zone of this name').default('UTC').describe('IANA time zone that the days are of'),
  user: z.string().min(1).max(60).optional(),
  location: z.string().min(1).max(60).optional(),
  action: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .max(80)
    .optional()
    .describe('`service.changed`, or all of a kind: `service`'),
  subject: z.string().min(1).max(120).optional().describe('The id of what was changed'),
});

export type AuditFilter = z.infer<typeof auditFilterShape>;

export const auditPageQueryShape = auditFilterShape.extend({
  after: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditEntryShape = z
  .object({
    id: z.string(),
    at: instantShape,
    userId: z.string().nullable().describe('Null: nobody was signed in (a reset by message)'),
    userName: z.string(),
    address: z.string(),
    requestId: z.string(),
    locationId: z.string().nullable().describe('Null: of the whole chain'),
    action: z.string(),
    subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable().describe('What it is called today, where that is known') }),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntryShape>;

export const auditPageShape = z.object({ entries: z.array(auditEntryShape), next: z.string().nullable() }).meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageShape>;

export const auditChoicesShape = z
  .object({
    users: z.array(z.object({ id: z.string(), name: z.string() })),
    actions: z.array(z.string()),
    locations: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'AuditChoices' });
export type AuditChoices = z.infer<typeof auditChoicesShape>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

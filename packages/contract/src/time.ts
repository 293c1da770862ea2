import { z } from 'zod';

/** An instant on the wire: RFC 3339 in UTC, milliseconds optional. */
export const instantShape = z.iso.datetime().describe('An instant in UTC (RFC 3339)');
/** A calendar date at the location: YYYY-MM-DD. */
export const dayShape = z.iso.date().describe("A calendar date in the location's time zone");

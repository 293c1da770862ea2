import { z } from 'zod';
import { expandList, integer, text } from './read-shape.ts';
import { Refusal } from './refusal.ts';

const moments = z.union([
  integer,
  z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() }),
]);

/** Parameters that every list of Stripe takes. */
export const listParams = {
  limit: integer.refine((value) => value >= 1 && value <= 100, 'parameter_invalid_integer|Limit must be between 1 and 100').optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
  created: moments.optional(),
  expand: expandList.optional(),
};

export interface ListWish {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
  readonly created?: z.output<typeof moments> | undefined;
}

/** One page, newest first. `objects` in the order of their creation. */
export function listPage<T extends { id: string; created: number }>(
  objects: readonly T[],
  wish: ListWish,
  url: string,
): { object: 'list'; data: T[]; has_more: boolean; url: string } {
  const newestFirst = objects.filter((one) => within(one.created, wish.created)).reverse();
  const limit = wish.limit ?? 10;
  if (wish.ending_before !== undefined) {
    const before = newestFirst.slice(0, indexOf(newestFirst, wish.ending_before, 'ending_before'));
    return { object: 'list', data: before.slice(-limit), has_more: before.length > limit, url };
  }
  const rest = wish.starting_after === undefined ? newestFirst : newestFirst.slice(indexOf(newestFirst, wish.starting_after, 'starting_after') + 1);
  return { object: 'list', data: rest.slice(0, limit), has_more: rest.length > limit, url };
}

function indexOf(list: readonly { id: string }[], id: string, param: string): number {
  const at = list.findIndex((one) => one.id === id);
  if (at < 0) throw new Refusal(400, `No such object: '${id}'`, { code: 'resource_missing', param });
  return at;
}

function within(created: number, range: ListWish['created']): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return created === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return created > gt && created >= gte && created < lt && created <= lte;
}

import { type RawBuilder, sql } from 'kysely';

/** A membership from which visits would be taken, as it stands. */
export interface Covering {
  readonly id: string;
  readonly name: string;
  /** Null: as many as they like. */
  readonly visits: number | null;
  readonly left: number | null;
  readonly endsAt: string | null;
}

/** Those that cover a service at a time, in the order in which they are used: a {@link Covering} list as JSON. Each argument is SQL. */
export function coveringSql(
  ...asked: readonly [
    chain: RawBuilder<unknown>,
    location: RawBuilder<unknown>,
    client: RawBuilder<unknown>,
    service: RawBuilder<unknown>,
    starts: RawBuilder<unknown>,
    at: RawBuilder<unknown>,
  ]
) {
  return sql<readonly Covering[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', m.membership_id, 'name', m.name, 'visits', m.visits, 'left', m."left", 'endsAt', m.ends_at) order by m.no), '[]')
      from rows from (memberships_that_cover(${sql.join(asked)})) with ordinality m (membership_id, name, visits, "left", ends_at, no))`;
}

/** Takes visits for one service or party after another, as the claim does. `taken` is kept between them by membership, and grows only by what is covered whole. */
export function spreadVisits(taken: Map<string, number>) {
  /** The first membership from which one is taken, with what it has left before; undefined: all of them together have too few. */
  return (memberships: readonly Covering[], wanted: number): Covering | undefined => {
    const standing = memberships.map((one) => ({ ...one, left: one.left === null ? null : one.left - (taken.get(one.id) ?? 0) }));
    const from = new Map<Covering, number>();
    let missing = wanted;
    for (const one of standing) {
      const takes = Math.min(missing, one.left ?? missing);
      if (takes > 0) from.set(one, takes);
      missing -= takes;
    }
    if (missing > 0) return undefined;
    for (const [{ id }, visits] of from) taken.set(id, (taken.get(id) ?? 0) + visits);
    return [...from.keys()][0];
  };
}

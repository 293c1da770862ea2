import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from './database.ts';

/**
 * A select, and what is made of each of its rows. A row passes through JSON on its way: amounts and counts are selected as text, or JSON would round them,
 * and instants arrive as text.
 */
export interface Question<Answer> {
  readonly select: RawBuilder<unknown>;
  readonly read: (row: never) => Answer;
}

type Answers<Questions> = { readonly [Name in keyof Questions]: Questions[Name] extends Question<infer Answer> ? readonly Answer[] : never };

/** Several questions as one statement: one round trip, and all of it is of one moment, inside a transaction or not. */
export async function askTogether<const Questions extends Readonly<Record<string, Question<unknown>>>>(
  q: Queryable,
  questions: Questions,
): Promise<Answers<Questions>> {
  const asked = Object.entries(questions);
  const selects = asked.map(([name, { select }]) => sql`(select json_agg(x) from (${select}) x) as ${sql.id(name)}`);
  const { rows } = await sql<Record<string, readonly never[] | null>>`select ${sql.join(selects)}`.execute(q);
  return Object.fromEntries(asked.map(([name, { read }]) => [name, (rows[0]?.[name] ?? []).map(read)])) as unknown as Answers<Questions>;
}

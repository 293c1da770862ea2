import type { FigureLink, Report } from '@holdfast/contract/reports';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { LocationFacts } from './store.ts';

export type Column = Report['columns'][number];

export interface ReportRow {
  readonly currency: string;
  /** The same in another period is the same row. */
  readonly key: string;
  readonly name: string;
  /** One for each column; money as minor units. */
  readonly values: readonly (bigint | number | string | null)[];
  readonly link: FigureLink | null;
}

/** What a sum of the list has to be in the books. */
export interface Tie {
  readonly currency: string;
  readonly account: 'prepayments' | 'client' | 'income';
  readonly listedMinor: bigint;
  readonly booksMinor: bigint;
}

export interface Told {
  readonly rows: readonly ReportRow[];
  readonly ties?: readonly Tie[];
  /** Its first column of money, day by day. */
  readonly course?: readonly { readonly day: string; readonly currency: string; readonly valueMinor: bigint }[];
}

export interface Asked {
  readonly scope: Scope;
  readonly facts: LocationFacts;
  /** Days of the place, both included, and the moments they are. */
  readonly days: { readonly from: string; readonly to: string };
  readonly span: { readonly from: Date; readonly until: Date };
  readonly now: Date;
  /** Only its rows are compared: no course, no ties. */
  readonly compared: boolean;
  /** May names of clients be shown? */
  readonly seesClients: boolean;
}

export interface ReportKind {
  readonly columns: readonly Column[];
  /** It shows how things stand at the end of the period; nothing to compare it with. */
  readonly standing?: true;
  /** One statement: all of it is of one moment. */
  read(q: Queryable, asked: Asked): Promise<Told>;
}

import type { Scope } from '../access/scope.ts';
import { accountDesk } from './accounts-of.ts';
import type { MoneyStep } from './money-history.ts';
import type { MortalServer } from './mortal-server.ts';
import type { StaffUser } from './sign-in-as.ts';
import type { TestApp } from './test-app.ts';

export interface MoneyVisit {
  readonly id: string;
  readonly clientId: string;
  /** The client's number: it gives their name and their telephone. */
  readonly client: number;
  readonly token: string;
}

/** Who plays, with what: a salon's people, its clients and their provider. */
export interface MoneyTable {
  readonly server: MortalServer;
  readonly app: TestApp;
  readonly owner: StaffUser;
  readonly second: Scope;
  /** A visit at the chain's second location. */
  readonly visitThere: string;
  /** Whoever books another time has that from then on. */
  readonly visits: MoneyVisit[];
  /** A time and a person that nobody has had. */
  readonly nextTime: () => { readonly no: number; readonly staffId: string; readonly startsAt: string };
  /** Pages of the provider that somebody was led to. */
  readonly pages: string[];
  /** The same request again, when that is to be tried. */
  readonly keyed: <T>(ask: () => Promise<T>) => Promise<T>;
}

export type Play = (table: MoneyTable, step: MoneyStep) => Promise<unknown>;
export const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % (list.length || 1)];
export const visitOf = ({ visits }: MoneyTable, { visit }: MoneyStep) => visits[visit] as MoneyVisit;
export const accountFor = ({ visits }: MoneyTable, n: number) => `${(visits[n % visits.length] as MoneyVisit).clientId}~EUR`;
export const desk = ({ app, owner }: MoneyTable) => accountDesk(app, owner);

let keys = 0;
/** A screen's name for one try. No two things happen at the same moment. */
export function newKey({ app }: MoneyTable): string {
  app.clock.advance({ seconds: 1 });
  return `key_of_a_history_${keys++}`;
}

export const onPage = ({ app, pages }: MoneyTable, page: string | undefined, pays = true) => {
  if (!page) return;
  if (!pages.includes(page)) pages.push(page);
  if (!pays) return;
  try {
    app.sandbox.pay(page);
  } catch {
    // paid or closed already: the page says so
  }
};

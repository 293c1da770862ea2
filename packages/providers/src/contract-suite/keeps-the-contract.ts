import { afterEach, beforeEach, describe } from 'vitest';
import { survivesBadDays } from './bad-days.ts';
import { checksWebhooks } from './checking-webhooks.ts';
import { closesPages } from './closing-pages.ts';
import { givesMoneyBack } from './giving-back.ts';
import { knowsMerchants } from './knowing-merchants.ts';
import type { ProviderSubject } from './provider-subject.ts';
import { readsBooks } from './reading-books.ts';
import { setsUpWebhooks } from './setting-up-webhooks.ts';
import { takesMoney } from './taking-money.ts';
import { tellsDisputes } from './telling-disputes.ts';

/**
 * What every payment provider has to do, proven against its sandbox. There are no exceptions by name: where providers differ, their declared
 * capabilities say so, and the suite asks only those.
 *
 * @param makeSubject a fresh provider, sandbox and merchant for each test, with time-outs short enough to wait for
 */
export function keepsTheContract(name: string, makeSubject: () => Promise<ProviderSubject>): void {
  describe(`${name} keeps the contract`, () => {
    let current: ProviderSubject | undefined;
    beforeEach(async () => {
      current = await makeSubject();
    });
    afterEach(async () => {
      await current?.stop();
      current = undefined;
    });
    const subject = () => {
      if (!current) throw new Error('there is a provider only inside a test');
      return current;
    };
    knowsMerchants(subject);
    takesMoney(subject);
    closesPages(subject);
    givesMoneyBack(subject);
    checksWebhooks(subject);
    setsUpWebhooks(subject);
    readsBooks(subject);
    tellsDisputes(subject);
    survivesBadDays(subject);
  });
}

import { describe, expect, test } from 'vitest';
import { signIn } from './at-the-desk.ts';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { chooseVisit, giveDetails, goOn, heading, isPaymentPage, leavePaymentPage, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

/** The demo's second client in Lisbon has 150 € with the salon. */
const rich = '+44 20 7946 0021';
/** Every code that has come to that telephone: the next one is another. */
const codes: string[] = [];
const coloring = { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz' } as const;

async function upToThePayment(person: Person, origin: string, day: number): Promise<void> {
  await chooseVisit(person, origin, { ...coloring, day });
  await giveDetails(person);
  await goOn(person);
  await heading(person.page, person.say('payment.title_required'));
}

async function showBalance(person: Person, origin: string, not?: string): Promise<void> {
  const { page, say, phone } = person;
  await page.getByRole('button', { name: say('balance.question') }).click();
  await heading(page, say('phone.title'));
  const field = page.getByRole('textbox', { name: say('phone.code') });
  await field.waitFor();
  const code = await codeInInbox(person, origin, phone, not);
  codes.push(code);
  await field.fill(code);
  await heading(page, say('payment.title_required'));
  await page.getByRole('group', { name: say('balance.title') }).waitFor();
}

describe('paying from the balance while booking', () => {
  journey('half from the balance, half by card, and then the whole from the balance', async ({ demo, arrives }: Scene) => {
    const person = await arrives({ phone: rich, device: 'phone' });
    const { page, say } = person;
    await upToThePayment(person, demo.origin, 1);
    await expectNoBarriers(page, 'asked whether there is a balance');
    await showBalance(person, demo.origin, codes.at(-1));
    await page.getByRole('radio', { name: say('balance.part') }).check();
    const amount = page.getByRole('textbox', { name: say('balance.amount') });
    await amount.fill('much');
    await page.getByText(say('balance.no_amount')).waitFor();
    await amount.fill('20,00');
    await page
      .getByRole('status')
      .filter({ hasText: say('balance.pays') })
      .waitFor();
    await expectNoBarriers(page, 'a part from the balance');
    await proceedToPayment(person);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(person.wishes.at(-1)?.accountPart).toEqual({ typeId: null, amountMinor: 2000 });

    const again = await arrives({ phone: rich, language: 'uk' });
    await upToThePayment(again, demo.origin, 2);
    await showBalance(again, demo.origin, codes.at(-1));
    await again.page.getByRole('radio', { name: again.say('balance.all') }).check();
    await again.page.getByRole('button', { name: new RegExp(`^(${again.say('bar.book').source})$`) }).click();
    await heading(again.page, again.say('scene.confirmed.title'));
    expect(isPaymentPage(new URL(again.page.url()))).toBe(false);
  });

  journey(
    'a client leaves the payment page, fills their balance from the booking’s own page, comes back and pays from it; the salon sees both',
    async ({ demo, arrives }: Scene) => {
      const person = await arrives({ phone: rich, device: 'phone' });
      const { page, say } = person;
      await upToThePayment(person, demo.origin, 4);
      await showBalance(person, demo.origin, codes.at(-1));
      await proceedToPayment(person);
      await leavePaymentPage(person);
      await heading(page, say('scene.held.title'));
      const balance = page.getByRole('region', { name: say('own.balance') });
      await balance.getByRole('button', { name: say('own.pay') }).waitFor();
      await expectNoBarriers(page, 'a balance to fill');
      const fill = async () => {
        await balance
          .getByRole('group', { name: say('own.quick') })
          .getByRole('button')
          .first()
          .click();
        await balance.getByRole('button', { name: new RegExp(`^(${say('own.top_up').source})$`) }).click();
        await page.waitForURL(isPaymentPage);
      };
      await fill();
      await leavePaymentPage(person);
      await balance
        .getByRole('status')
        .filter({ hasText: say('own.open') })
        .waitFor();
      await fill();
      await payWith(person, 'pays');
      await balance
        .getByRole('status')
        .filter({ hasText: say('own.paid') })
        .waitFor();
      await balance.getByRole('button', { name: say('own.pay') }).click();
      await heading(page, say('scene.confirmed.title'));

      // what came and what it paid stand in the client's statement and among the transactions
      const owner = await arrives();
      const desk = owner.page;
      await signIn(owner, demo.origin, '/lisbon/finance/transactions');
      await heading(desk, /^Financial Transactions$/);
      await desk.getByRole('row').filter({ hasText: 'Top-up' }).filter({ hasText: '€100' }).first().waitFor();
      await desk.getByRole('row').filter({ hasText: 'Paid from the client account' }).first().waitFor();
      await desk.goto(`${demo.origin}/admin/lisbon/clients?search=${encodeURIComponent('7946 0021')}`);
      await desk.getByRole('table').getByRole('link').first().click();
      await desk
        .getByRole('link', { name: /^Paid for the visit on / })
        .first()
        .waitFor();
      await desk
        .getByRole('cell', { name: /^Topped up/ })
        .first()
        .waitFor();
    },
  );

  journey('who looks for a balance and has none goes on and pays', async ({ demo, arrives }: Scene) => {
    const person = await arrives();
    const { page, say } = person;
    await upToThePayment(person, demo.origin, 3);
    await page.getByRole('button', { name: say('balance.question') }).click();
    await heading(page, say('phone.title'));
    await page.getByRole('button', { name: say('balance.without') }).click();
    await heading(page, say('payment.title_required'));
    await proceedToPayment(person);
  });
});

test('after all this accounts, appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
}, 240_000);

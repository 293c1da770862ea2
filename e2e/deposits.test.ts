import { describe, expect, test } from 'vitest';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { chooseVisit, giveDetails, goOn, heading, isPaymentPage, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

/** The demo's second client in Lisbon has 150 € with the salon. */
const rich = '+44 20 7946 0021';
const coloring = { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz' } as const;

async function upToThePayment(person: Person, origin: string, day: number): Promise<void> {
  await chooseVisit(person, origin, { ...coloring, day });
  await giveDetails(person);
  await goOn(person);
  await heading(person.page, person.say('payment.title_required'));
}

async function showBalance(person: Person, origin: string, not?: string): Promise<string> {
  const { page, say, phone } = person;
  await page.getByRole('button', { name: say('balance.question') }).click();
  await heading(page, say('phone.title'));
  const field = page.getByRole('textbox', { name: say('phone.code') });
  await field.waitFor();
  const code = await codeInInbox(person, origin, phone, not);
  await field.fill(code);
  await heading(page, say('payment.title_required'));
  await page.getByRole('group', { name: say('balance.title') }).waitFor();
  return code;
}

describe('paying from the balance while booking', () => {
  journey('half from the balance, half by card, and then the whole from the balance', async ({ demo, arrives }: Scene) => {
    const person = await arrives({ phone: rich, device: 'phone' });
    const { page, say } = person;
    await upToThePayment(person, demo.origin, 1);
    await expectNoBarriers(page, 'asked whether there is a balance');
    const code = await showBalance(person, demo.origin);
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
    await showBalance(again, demo.origin, code);
    await again.page.getByRole('radio', { name: again.say('balance.all') }).check();
    await again.page.getByRole('button', { name: new RegExp(`^(${again.say('bar.book').source})$`) }).click();
    await heading(again.page, again.say('scene.confirmed.title'));
    expect(isPaymentPage(new URL(again.page.url()))).toBe(false);
  });

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

import { expect, test } from 'vitest';
import { signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { bookUpToPayment, heading, payWith } from './walk-the-steps.ts';

const stage = openStage();
const DAY = 24 * 60;

stage.journey('an accountant has a payout explained to the cent, and accepts what a file says otherwise', async ({ demo, arrives }) => {
  for (const day of [1, 2, 3]) {
    const client = await arrives({ device: 'phone', name: `Clotilde ${day}` });
    await bookUpToPayment(client, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day });
    await payWith(client, 'pays');
    await heading(client.page, client.say('scene.confirmed.title'));
  }
  // what was paid comes two days later, and the provider's books are read every hour
  await demo.passMinutes(2 * DAY);
  await demo.passMinutes(61);

  const accountant = await arrives();
  const { page } = accountant;
  await signIn(accountant, demo.origin, '/lisbon/finance/reconciliation', 'accountant');
  await heading(page, /^Reconciliation$/);
  await expectNoBarriers(page, 'reconciliation');
  const payouts = page.getByRole('table').filter({ hasText: 'Right to the cent' });
  await payouts
    .getByRole('row', { name: /Right to the cent/ })
    .first()
    .getByRole('link')
    .click();
  await heading(page, /^Payout of .*: €/);
  await page.getByText('Explained to the cent', { exact: true }).waitFor();
  const [payments, fees, paidOut, came] = await Promise.all(
    [/^\d+ payments?$/, /^Fees$/, /^Paid out$/, /^Came to Card payment account$/].map((one) => fall(accountant, one)),
  );
  expect(payments).toBe(3 * 5500);
  expect(fees).toBeLessThan(0);
  expect(paidOut).toBe((payments ?? 0) + (fees ?? 0));
  expect(came).toBe(paidOut);
  for (const day of [1, 2, 3]) expect(await page.getByRole('row', { name: `Clotilde ${day}, Coloração de raiz` }).count()).toBe(1);
  await expectNoBarriers(page, 'payout');

  // the provider's file says that it kept a euro more of the first
  const kept = amountIn(await page.getByRole('row', { name: 'Clotilde 1, Coloração de raiz' }).getByRole('cell').nth(3).innerText());
  const [paid] = (await demo.paymentsAtStripe()).filter(({ captured }) => captured === 5500);
  const wrong = ((kept + 100) / 100).toFixed(2).replace('.', ',');
  const { now } = (await (await fetch(`${demo.origin}/demo/clock`)).json()) as { now: string };
  await page.getByRole('link', { name: 'Reconciliation', exact: true }).first().click();
  await heading(page, /^Reconciliation$/);
  await page
    .getByRole('region', { name: /Stripe/ })
    .getByRole('button', { name: 'Import file' })
    .click();
  const file = `Payment;Date;Amount;Kept;Currency\n${paid?.id};${now.slice(0, 10)};55,00;${wrong};EUR\n`;
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'march.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: 'Next: columns' }).click();

  // one column nobody could know
  const column = page.getByRole('combobox', { name: 'Column Kept is' });
  await column.waitFor();
  await expectNoBarriers(page, 'mapping');
  expect(await column.inputValue()).toBe('');
  await column.selectOption({ label: 'Fee' });
  await page.getByText(`Payment ${euros(5500)} · Fee ${euros(kept + 100)}`).waitFor();
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByText('New: 0. Changed: 1. Known before: 0.').waitFor();
  await expectNoBarriers(page, 'import outcome');
  await page.getByRole('link', { name: 'Differences', exact: true }).click();
  const difference = page.getByRole('article', { name: /^Fee differs: Clotilde/ });
  await difference.waitFor();
  await expectNoBarriers(page, 'difference');

  // exactly what it would post, and what both accounts hold before and after
  const postings = difference.getByRole('table');
  await postings.getByText(/^Fees of Stripe/).waitFor();
  const cells = (await postings.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).join(' ');
  expect(cells).toContain(euros(100));
  const feesBefore = -(fees ?? 0);
  expect(cells).toContain(euros(feesBefore));
  expect(cells).toContain(euros(feesBefore + 100));
  await difference.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByText('Accepted and posted').waitFor();
  await page.getByText('Nothing to decide').waitFor();
  await page.getByRole('tab', { name: 'Decided' }).click();
  await page.getByText('Accepted: Fee differs').waitFor();
  await expectNoBarriers(page, 'decided');
});

/** One bar of how a payout comes about, in minor units. */
async function fall({ page }: Person, name: RegExp): Promise<number> {
  const bar = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: name }) });
  return amountIn(await bar.locator('dd').first().innerText());
}

function amountIn(text: string): number {
  const found = /([-−])?€([\d,]+(\.\d\d)?)/u.exec(text);
  return (found?.[1] ? -1 : 1) * Math.round(Number(found?.[2]?.replaceAll(',', '')) * 100);
}

function euros(amountMinor: number): string {
  return `€${amountMinor % 100 === 0 ? amountMinor / 100 : (amountMinor / 100).toFixed(2)}`;
}

test('after all this the books agree with what the provider said', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});

import { expect, test } from 'vitest';
import { bookAtTheDesk, quietDay, signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';
import type { Person } from './person.ts';

const stage = openStage();

stage.journey('an accountant sees money come as it comes, closes the day, and what comes after that is of tomorrow', async ({ demo, arrives }) => {
  const [accountant, reception] = [await arrives(), await arrives()];
  const { page } = accountant;
  await bookAtTheDesk(reception, demo.origin, { client: 'Clotilde', day: quietDay(7) });
  await reception.page.getByRole('tab', { name: 'Checkout' }).click();

  await signIn(accountant, demo.origin, '/kyiv/finance/day', 'accountant');
  await page.getByRole('heading', { name: 'Daily financial data' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  const before = await receipts(accountant);
  await take(reception, '100');
  await waitForReceipts(accountant, before + 100);

  // the till holds ten too few
  await page.getByRole('link', { name: 'Close the day' }).click();
  await page.getByRole('heading', { name: 'Day-end report' }).waitFor();
  const counted = page.getByRole('textbox', { name: /^Counted in Main/ });
  const said = await page
    .getByText(/^The books say/)
    .first()
    .innerText();
  await counted.fill(String(amountIn(said) - 10));
  await page.getByText(/10 missing$/).waitFor();
  await page.getByRole('button', { name: 'Close the day' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close the day' }).click();
  await page.getByText(/^Closed by /).waitFor();
  await page.getByText('posted', { exact: true }).waitFor();

  await take(reception, '50');
  await page.getByRole('link', { name: 'Daily financial data', exact: true }).first().click();
  await page.getByText('Closed', { exact: true }).waitFor();
  expect(await receipts(accountant)).toBe(before + 100);
  await page.locator('h1').click();
  await page.keyboard.press('ArrowRight');
  await waitForReceipts(accountant, 50);

  // on paper it is one page of A4, and fits a receipt printer's roll
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Closed', { exact: true }).waitFor();
  for (const size of [{ format: 'A4' }, { width: '80mm', height: '400mm' }]) expect((await page.pdf(size)).length).toBeGreaterThan(5000);
});

/** Takes some cash in the booking window that is open. */
async function take({ page }: Person, amount: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Amount' }).fill(amount);
  await page.getByRole('button', { name: /^Take .* in cash$/ }).click();
  await page
    .getByText(/taken\.$/)
    .last()
    .waitFor();
}

function figure({ page }: Person) {
  return page.getByRole('region', { name: 'Cash receipts' }).locator('[data-figure]');
}

async function receipts(person: Person): Promise<number> {
  return amountIn(await figure(person).innerText());
}

async function waitForReceipts(person: Person, amount: number): Promise<void> {
  await figure(person)
    .filter({ hasText: new RegExp(`\\D${amount.toLocaleString('en-GB')}$`) })
    .waitFor();
}

function amountIn(text: string): number {
  return Number(/[\d,]+(\.\d+)?/.exec(text)?.[0].replaceAll(',', ''));
}

test('after all this the books and the closed day agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});

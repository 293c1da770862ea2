import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { goTo, signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';

const stage = openStage();

stage.journey('an accountant writes down rent, finds it, takes the file along, deletes it, and sees both', async ({ demo, arrives }) => {
  const accountant = await arrives();
  const { page } = accountant;
  await signIn(accountant, demo.origin, '/lisbon/finance/registers', 'accountant');
  const main = page.getByRole('listitem').filter({ hasText: 'Main' }).first();
  await main.waitFor();
  const before = await main.innerText();

  await goTo(accountant, 'Finance', 'Financial Transactions');
  await page.getByRole('button', { name: 'Expense', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'New expense' });
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Please fill this in.').first().waitFor();
  await form.getByRole('combobox', { name: 'Payment item' }).fill('Rent');
  await page.getByRole('option', { name: 'Rent', exact: true }).click();
  await form.getByRole('textbox', { name: 'Amount' }).fill('777.70');
  await form.getByRole('textbox', { name: 'Counterparty' }).fill('=Landlord');
  await form.getByRole('textbox', { name: 'Comment' }).fill('Rent of the journey');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Written down: €777.70').waitFor();

  // by what was paid; the address is what one sends to a colleague
  await page.getByRole('searchbox', { name: 'Amount, comment or reference' }).fill('777.70');
  await page.keyboard.press('Enter');
  await page.waitForURL(/amount=/);
  const row = page.getByRole('row').filter({ hasText: 'Rent of the journey' });
  await row.waitFor();
  await page.getByRole('status').filter({ hasText: '1 transaction' }).waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
  const file = await readFile(await download.path(), 'utf8');
  expect(file.split('\r\n')).toHaveLength(3);
  expect(file).toContain('"777.70"');
  expect(file).toContain(`"'=Landlord"`);

  await row.getByRole('button', { name: 'Rent' }).click();
  const detail = page.getByRole('dialog', { name: 'Transaction' });
  await detail.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete €777.70?' });
  await question.getByRole('textbox', { name: 'Why?' }).fill('It is paid by the owner');
  await question.getByRole('button', { name: 'Delete' }).click();
  await detail.getByText(/It is paid by the owner/).waitFor();
  await detail.getByRole('button', { name: 'See the reversal' }).click();
  await detail.getByRole('button', { name: 'See what was undone' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByText('No transactions here').waitFor();
  await page.getByRole('combobox', { name: 'Deleted' }).click();
  await page.getByRole('option', { name: 'Show deleted too' }).click();
  await row.first().waitFor();
  expect(await row.count()).toBe(2);
  await page.getByText('Reversal', { exact: true }).waitFor();

  await goTo(accountant, 'Finance', 'Cash registers');
  await main.waitFor();
  expect(await main.innerText()).toBe(before);
});

stage.journey('the owner adds a register, puts it first by keyboard, and learns why it cannot be archived', async ({ demo, arrives }) => {
  const owner = await arrives();
  const { page } = owner;
  await signIn(owner, demo.origin, '/saopaulo/finance/registers');
  await page.getByRole('button', { name: 'Add a register' }).click();
  const form = page.getByRole('dialog', { name: 'New cash register' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Safe');
  await form.getByRole('button', { name: 'Save' }).click();
  const names = page.getByRole('list', { name: 'Cash registers' }).getByRole('listitem');
  await names.nth(2).filter({ hasText: 'Safe' }).waitFor();
  await page.getByRole('button', { name: /^Move Safe/ }).focus();
  await page.keyboard.press('ArrowUp');
  await names.nth(1).filter({ hasText: 'Safe' }).waitFor();
  await page.getByRole('button', { name: 'Transfer: Main' }).click();
  const transfer = page.getByRole('dialog', { name: 'Transfer between registers' });
  await transfer.getByRole('combobox', { name: 'Into register' }).click();
  await page.getByRole('option', { name: /^Safe/ }).click();
  await transfer.getByRole('textbox', { name: 'Amount' }).fill('12');
  await transfer.getByRole('button', { name: 'Save' }).click();
  await names.nth(1).filter({ hasText: 'R$12' }).waitFor();
  await page.getByRole('button', { name: 'Archive: Safe' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('alert').filter({ hasText: 'R$12 is in it' }).waitFor();
});

test('after all this the books agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});

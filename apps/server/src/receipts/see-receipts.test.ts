import type { Receipt, ReceiptList, ReceiptSettings } from '@holdfast/contract/receipts';
import type { Taxes, TaxReport } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { textOfPdf } from './testing/text-of-pdf.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 10_000, minutes: 60, status: 'required' }, srv_care: { price: 999, minutes: 30, status: 'required' } },
      staff: { stf_ana: { status: 'available', prices: { srv_care: 555 } }, stf_bia: { status: 'available' } },
    },
  });
  owner = await signInAs(app, 'owner');
});
afterAll(async () => {
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

let number = 0;
async function paid(serviceIds: readonly string[], name = 'Рита Соуза', staffId = 'stf_bia') {
  const n = number++;
  const startsAt = new Date((Math.floor(app.clock.now().getTime() / 86_400_000) + 2 + n) * 86_400_000 + 10 * 3_600_000).toISOString();
  const wish = (await wishFor(app, { serviceIds: [...serviceIds], staffId, startsAt }))(n);
  const client = clientOf(app);
  const { body } = await client.book({ ...wish, client: { ...wish.client, name }, language: 'uk' });
  app.sandbox.pay(client.sessionOf((await client.startPayment(body.token)).body));
  await client.comeBack(body.token);
  await app.pass({ seconds: 1 });
  return { id: body.appointments[0]?.id ?? '', token: body.token, dueMinor: body.dueMinor, startsAt };
}
const list = async (query = '', user = owner) => (await user.here<ReceiptList>('GET', `receipts${query}`)).body;
const bytes = async (url: string, user = owner) =>
  (
    await app.http.inject({
      method: 'GET',
      url: url.startsWith('/') ? url : `/api/v1/admin/locations/${app.scope.locationId}/${url}`,
      headers: { cookie: user.cookie },
    })
  ).rawPayload;

test('a price without its tax is asked for with it everywhere, and a changed rate holds for what is booked from then on', async () => {
  const made = await owner.here<Taxes>('POST', 'taxes', { name: 'ПДВ', basisPoints: 2000, inclusive: false });
  const rateId = made.body.rates[0]?.rateId ?? '';
  expect(made.status).toBe(201);
  expect((await owner.here('POST', 'taxes', { name: 'ПДВ', basisPoints: 700, inclusive: true })).status, 'a name is used once').toBe(409);
  expect((await owner.here('PUT', 'taxes/use', { defaultRate: { was: null, becomes: rateId }, services: [] })).status).toBe(200);
  const first = await paid(['srv_cut', 'srv_care']);
  // 100.00 + 20.00, 9.99 + 2.00
  expect(first.dueMinor).toBe(12_000 + 1199);
  const [receipt] = (await list(`?appointment=${first.id}`)).items;
  const shown = (await owner.here<Receipt>('GET', `receipts/${receipt?.id}`)).body;
  expect(shown.content.taxes).toEqual([{ name: 'ПДВ', basisPoints: 2000, netMinor: 10_999, taxMinor: 2200, grossMinor: 13_199 }]);

  const changed = await owner.here<Taxes>('PUT', `taxes/${rateId}`, { name: 'ПДВ', basisPoints: 700, inclusive: false });
  expect(changed.body.rates.filter(({ endedAt }) => endedAt === null)).toMatchObject([{ basisPoints: 700, services: 2 }]);
  expect((await owner.here('PUT', `taxes/${rateId}`, { name: 'x', basisPoints: 1, inclusive: false })).status, 'it is over').toBe(409);
  const second = await paid(['srv_care'], 'Ana', 'stf_ana');
  expect(second.dueMinor, 'an own price as well: 5.55 + 0.39').toBe(594);
  const again = (await owner.here<Receipt>('GET', `receipts/${receipt?.id}`)).body;
  expect(again.content.taxes[0]?.basisPoints).toBe(2000);

  await app.pass({ minutes: 9 * 24 * 60 });
  const report = (await owner.here<TaxReport>('GET', 'tax-report?from=2026-03-01&to=2026-03-31')).body;
  expect(report.lines).toMatchObject([
    { basisPoints: 2000, netMinor: 10_999, taxMinor: 2200, grossMinor: 13_199 },
    { basisPoints: 700, netMinor: 555, taxMinor: 39, grossMinor: 594 },
  ]);
  const { rows } = await sql<{ tax: bigint }>`select -sum(balance_minor)::bigint tax from ledger_accounts where kind = 'tax'`.execute(
    app.database.read,
  );
  expect(rows[0]?.tax).toBe(2239n);
  expect((await bytes('tax-report.csv?from=2026-03-01&to=2026-03-31')).toString()).toContain('"ПДВ","20","109.99","22","131.99","EUR"');
  const live = changed.body.rates.find(({ endedAt }) => endedAt === null)?.rateId ?? '';
  expect((await owner.here('POST', `taxes/${live}/end`)).status, 'in use').toBe(409);
  await owner.here('PUT', 'taxes/use', { defaultRate: { was: live, becomes: null }, services: [] });
  expect((await owner.here('POST', `taxes/${live}/end`)).status).toBe(200);
});

test('the client opens the receipt from their own page in their language, and takes it along on paper', async () => {
  const { token, id } = await paid(['srv_cut'], 'Їжакевич Ґалаґан');
  const own = (await bytes(`/b/${token}/receipts`)).toString();
  const href = /href="(\/r\/[^"]+)"/.exec(own)?.[1] ?? '';
  expect(own).toContain('Квитанція R-2026-');
  const page = (await bytes(href)).toString();
  expect(page).toContain('Їжакевич Ґалаґан');
  expect(page).toContain('Salon Lda');
  const [first, second] = [await bytes(`${href}/pdf`), await bytes(`${href}/pdf`)];
  expect(first.equals(second), 'the same document, the same bytes').toBe(true);
  const text = textOfPdf(first);
  for (const part of ['Квитанція R-2026-', 'Їжакевич Ґалаґан', '100,00', 'Salon Lda', '500000000']) expect(text).toContain(part);
  expect((await app.http.inject({ url: `${href}x` })).statusCode).toBe(404);
  const [item] = (await list(`?appointment=${id}`)).items;
  const roll = await bytes(`receipts/${item?.id}/pdf?paper=80mm`);
  expect(textOfPdf(roll)).toContain('Їжакевич');
  expect(/MediaBox \[0 0 226\.\d+ (\d+)\]/.exec(roll.toString('latin1'))?.[1]).toMatch(/^[123]\d\d$/);
});

test('names that are very long, from right to left or full of tags harm neither page nor paper', async () => {
  for (const name of ['شركة التجميل', 'אבגד', '<script>alert(1)</script>', '👩‍🎤💇', '=cmd()|1']) {
    const { id } = await paid(['srv_care'], name);
    const [item] = (await list(`?appointment=${id}`)).items;
    expect((await bytes(`receipts/${item?.id}/pdf`)).subarray(0, 5).toString()).toBe('%PDF-');
    const { pageUrl } = (await owner.here<Receipt>('GET', `receipts/${item?.id}`)).body;
    expect((await bytes(new URL(pageUrl).pathname)).toString()).not.toContain('<script>alert');
  }
  expect((await bytes('receipts.csv')).toString()).toContain(`"'=cmd()|1"`);
  const { id } = await paid(['srv_care']);
  await sql`update appointment_services set name = ${'Ж'.repeat(10_000)} where appointment_id = ${id}`.execute(app.database.read);
});

test('documents are found by number, name, kind and day, page by page', async () => {
  const all = await list('?limit=200');
  expect(all.items.length).toBeGreaterThan(6);
  const [newest] = all.items;
  expect((await list(`?search=${newest?.name}`)).items).toHaveLength(1);
  expect((await list(`?search=${encodeURIComponent('їжакевич')}`)).items).toHaveLength(1);
  expect((await list('?search=%25')).items).toHaveLength(0);
  expect((await list('?kind=credit_note')).items).toHaveLength(0);
  expect((await list('?from=2026-03-03&to=2026-03-08')).items).toHaveLength(0);
  const pages: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: ReceiptList = await list(`?limit=2${next ? `&after=${encodeURIComponent(next)}` : ''}`);
    pages.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(pages).toEqual(all.items.map(({ id }) => id));
});

test('an erased client is not named any more, and the document stays as it was', async () => {
  const { id } = await paid(['srv_care'], 'Somebody Erased');
  const [item] = (await list(`?appointment=${id}`)).items;
  await sql`update clients set erased_at = ${app.clock.now()} where client_id = ${item?.clientId}`.execute(app.database.read);
  const receipt = (await owner.here<Receipt>('GET', `receipts/${item?.id}`)).body;
  expect(receipt).toMatchObject({ clientName: null, erased: true, amountMinor: 999 });
  expect(textOfPdf(await bytes(`receipts/${item?.id}/pdf`))).toContain('видалений клієнт');
  expect((await list(`?search=${encodeURIComponent('Somebody Erased')}`)).items).toHaveLength(0);
  await sql`update clients set erased_at = null where client_id = ${item?.clientId}`.execute(app.database.read);
});

test('other series hold from then on, each numbered from one; reception sees no receipts', async () => {
  const { body } = await owner.here<ReceiptSettings>('GET', 'receipt-settings');
  const wish = { version: body.version, receiptSeries: 'FR', creditNoteSeries: 'NC', namesClient: false, footer: 'Obrigado' };
  expect((await owner.here('PUT', 'receipt-settings', { ...wish, creditNoteSeries: 'FR' })).status).toBe(422);
  expect((await owner.here('PUT', 'receipt-settings', wish)).status).toBe(200);
  expect((await owner.here('PUT', 'receipt-settings', wish)).status, 'based on what is no longer').toBe(409);
  const { id } = await paid(['srv_care'], 'Nobody Named');
  const [item] = (await list(`?appointment=${id}`)).items;
  expect(item).toMatchObject({ name: 'FR-2026-000001', clientName: null });
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('GET', 'receipts')).status).toBe(403);
  expect((await owner.here('GET', 'receipts/rct_nobodys')).status).toBe(404);
});

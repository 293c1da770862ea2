import { readFileSync } from 'node:fs';
import type { ReceiptList } from '@holdfast/contract/receipts';
import type { RefundList } from '@holdfast/contract/refunds';
import type { Session } from '@holdfast/contract/session';
import { describe, expect } from 'vitest';
import { textOfPdf } from '../apps/server/src/receipts/testing/text-of-pdf.ts';
import { openStage } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import { chooseVisit, giveDetails, goOn, heading, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();

/** The salon, through the API, as its screens do it. */
async function salon(origin: string) {
  const signedIn = await fetch(`${origin}/demo/admin?as=owner&to=/admin`, { redirect: 'manual' });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const ask = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const answer = await fetch(`${origin}/api/v1/admin/${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(answer.status, `${method} ${path}`).toBeLessThan(300);
    return (await answer.json()) as T;
  };
  const session = await ask<Session>('session');
  const here = `locations/${session.locations.find(({ slug }) => slug === 'lisbon')?.id}`;
  return {
    receipts: async (search: string) => (await ask<ReceiptList>(`${here}/receipts?search=${encodeURIComponent(search)}`)).items,
    /** Gives all of it back through the provider. */
    async giveBack(appointmentId: string) {
      const money = await ask<{ money: { source: { kind: string }; leftMinor: number }[] }>(`${here}/appointments/${appointmentId}/refundable`);
      const paid = money.money.find(({ source }) => source.kind === 'payment');
      const wish = { key: `key_of_a_screen_${Date.now()}`, appointmentId, source: paid?.source, amountMinor: paid?.leftMinor, because: 'was ill' };
      await ask(`${here}/refunds`, 'POST', wish);
      const item = async () => (await ask<RefundList>(`${here}/refunds?state=all&appointment=${appointmentId}`)).items[0];
      const proposed = await item();
      await ask(`${here}/refunds/${proposed?.id}/approval`, 'POST', { version: proposed?.version });
      const approved = await item();
      const sending = { version: approved?.version, key: `key_of_sending_${Date.now()}`, way: 'provider', registerId: null };
      await ask(`${here}/refunds/${approved?.id}/sending`, 'POST', sending);
    },
  };
}

describe('a visit with VAT', () => {
  stage.journey(
    'is paid online; the receipt is opened from the client’s own page, taken along as PDF, and taken back by a credit note',
    async ({ demo, arrives }) => {
      const person = await arrives({ device: 'phone', name: 'Ґанна Їжак' });
      const { page, say } = person;
      await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 1 });
      await giveDetails(person);
      await goOn(person);
      await proceedToPayment(person);
      await payWith(person, 'pays');
      await heading(page, say('scene.confirmed.title'));
      const desk = await salon(demo.origin);
      await expect.poll(() => desk.receipts('Ґанна Їжак')).toHaveLength(1);
      const [receipt] = await desk.receipts('Ґанна Їжак');

      await page.getByRole('link', { name: say('scene.receipts') }).click();
      await heading(page, /^Receipts for this booking$/);
      await expectNoBarriers(page, 'receipts of a booking');
      await page.getByRole('link', { name: new RegExp(receipt?.name ?? '?') }).click();
      await heading(page, new RegExp(`^Receipt ${receipt?.name}$`));
      await page.getByText('Ґанна Їжак').waitFor();
      await page.getByRole('rowheader', { name: 'IVA 23%' }).waitFor();
      await expectNoBarriers(page, 'a receipt');
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as PDF' }).click()]);
      expect(file.suggestedFilename()).toBe(`${receipt?.name}.pdf`);
      const text = textOfPdf(readFileSync(await file.path()));
      // 55.00 with 23 % in it
      for (const part of [`Receipt ${receipt?.name}`, 'Ґанна Їжак', 'Coloração de raiz', '€55.00', '€44.72', '€10.28', 'Linden Demo, Lda.'])
        expect(text).toContain(part);

      await desk.giveBack(receipt?.appointmentId ?? '');
      await expect.poll(async () => (await desk.receipts('Ґанна Їжак')).map(({ kind }) => kind)).toEqual(['credit_note', 'receipt']);
      await page.goBack();
      await page.reload();
      await page.getByRole('link', { name: /Credit note CN-/ }).click();
      await page.getByText(`Takes back ${receipt?.name}`).waitFor();
    },
  );
});

import { describe, expect, it } from 'vitest';
import { keyOf, must, open, openAndPay, orderFor, type ProviderSubject } from './provider-subject.ts';

export function takesMoney(subject: () => ProviderSubject): void {
  describe('taking money', () => {
    it('a new payment is open, has a page to go to, and knows our reference', async () => {
      const { provider, credentials, sandbox } = subject();
      const order = orderFor(subject());
      const opened = must(await provider.createPayment(credentials, order));
      expect(opened.pageUrl).toMatch(/^https?:\/\//);
      expect(opened.closesAt.getTime()).toBeGreaterThanOrEqual(Math.floor(order.payableUntil.getTime() / 1000) * 1000);
      const { reference } = order;
      const fact = must(await provider.readPayment(credentials, { ...keyOf(order), providerPaymentId: opened.providerPaymentId }));
      expect(fact).toMatchObject({
        reference,
        providerPaymentId: opened.providerPaymentId,
        state: 'open',
        capturedMinor: 0n,
        refundedMinor: 0n,
        currency: order.currency,
      });
      expect(sandbox.countPayments(reference)).toBe(provider.capabilities.knowsUnpaid ? 1 : 0);
    });

    it('a page that is ours carries what it has to show', async () => {
      const { provider, credentials } = subject();
      const order = orderFor(subject());
      const { page, pageUrl } = must(await provider.createPayment(credentials, order));
      expect(page !== undefined).toBe(pageUrl === order.ownPageUrl);
      // it is kept: nothing secret may be in it
      for (const secret of secretsOf(subject())) expect(JSON.stringify(page ?? '')).not.toContain(secret);
    });

    it('a hold of fifteen minutes gets a page too, at least that long and no longer than the provider must', async () => {
      const { provider, credentials, sandbox } = subject();
      const payableUntil = new Date(sandbox.now().getTime() + 15 * 60_000);
      const order = orderFor(subject(), { payableUntil });
      const { closesAt } = must(await provider.createPayment(credentials, order));
      const minutes = (closesAt.getTime() - order.createdAt.getTime()) / 60_000;
      expect(minutes).toBeGreaterThan(14.9);
      expect(minutes).toBeLessThanOrEqual(Math.max(15, provider.capabilities.shortestPageMinutes));
    });

    it('the same call twice, even ten minutes later, makes one page', async () => {
      const { provider, credentials, sandbox } = subject();
      const order = orderFor(subject(), { payableUntil: new Date(sandbox.now().getTime() + 15 * 60_000) });
      const first = must(await provider.createPayment(credentials, order));
      await sandbox.moveClock(10);
      const second = must(await provider.createPayment(credentials, order));
      if (!provider.capabilities.createIsIdempotent) return;
      expect(second).toEqual(first);
      if (provider.capabilities.knowsUnpaid) expect(sandbox.countPayments(order.reference)).toBe(1);
    });

    it('the same call from two processes at once makes one page', async () => {
      const { provider, credentials, sandbox } = subject();
      const order = orderFor(subject());
      const answers = await Promise.all([1, 2, 3, 4].map(() => provider.createPayment(credentials, order)));
      const ids = answers.flatMap((answer) => (answer.kind === 'done' ? [answer.value.providerPaymentId] : []));
      expect(ids.length).toBeGreaterThan(0);
      expect(answers.filter((answer) => answer.kind === 'declined')).toEqual([]);
      if (!provider.capabilities.createIsIdempotent) return;
      expect(new Set(ids).size).toBe(1);
      if (provider.capabilities.knowsUnpaid) expect(sandbox.countPayments(order.reference)).toBe(1);
    });

    it('the key is what protects: the same order under two keys makes two pages, and the paid one is found', async () => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.knowsUnpaid) return;
      const order = orderFor(subject());
      const paid = must(await provider.createPayment(credentials, order));
      must(await provider.createPayment(credentials, { ...order, idempotencyKey: `${order.idempotencyKey}_other` }));
      expect(sandbox.countPayments(order.reference)).toBe(2);
      expect(await sandbox.pay(paid.providerPaymentId)).toBe(true);
      expect(must(await provider.readPayment(credentials, keyOf(order)))).toMatchObject({
        providerPaymentId: paid.providerPaymentId,
        state: 'captured',
      });
    });

    it('a payment nobody made is not found, neither by an id nor by a reference', async () => {
      const { provider, credentials } = subject();
      const { key } = await open(subject());
      expect(must(await provider.readPayment(credentials, { ...keyOf(orderFor(subject())), reference: 'hf_contract_nobody' }))).toBeUndefined();
      if (!provider.capabilities.knowsUnpaid) return;
      const mistyped = { ...key, providerPaymentId: `${key.providerPaymentId.slice(0, -4)}0000` };
      expect(must(await provider.readPayment(credentials, mistyped))).toBeUndefined();
    });

    it('when the client pays, exactly what was asked is captured, in the currency asked, and the fee is told', async () => {
      const { provider, credentials } = subject();
      const { order, key } = await openAndPay(subject());
      const fact = must(await provider.readPayment(credentials, key));
      expect(fact).toMatchObject({ state: 'captured', capturedMinor: order.amountMinor, currency: order.currency, refundedMinor: 0n });
      if (fact?.feeMinor === undefined) return expect(provider.capabilities.tellsFees).toBe(false);
      expect(fact.feeMinor).toBeGreaterThanOrEqual(0n);
      expect(fact.feeMinor).toBeLessThan(order.amountMinor);
      return undefined;
    });

    it('several lines are paid together', async () => {
      const { provider, credentials } = subject();
      const lines = [
        { text: 'Haircut', amountMinor: 500_00n },
        { text: 'Борода й вуса 🧔', amountMinor: 249_99n },
        { text: 'Café "Größe" <b>&amp;</b>', amountMinor: 1n },
      ];
      const { key } = await openAndPay(subject(), { amountMinor: 750_00n, lines });
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', capturedMinor: 750_00n });
    });

    it('whatever the currency counts in, the page shows what was asked, and that is what is captured', async () => {
      const { provider, credentials, sandbox } = subject();
      const { currencies } = provider.capabilities;
      for (const [currency, amountMinor, price] of [
        ['EUR', 1_00n, '1.00'],
        ['UAH', 450_01n, '450.01'],
        ['BRL', 99_99n, '99.99'],
        ['HUF', 3500_55n, '3500.55'],
        ['JPY', 5000n, '5000'],
        ['ISK', 4501n, '4501'],
        ['UGX', 50_001n, '50001'],
        ['KWD', 12_350n, '12.350'],
      ] as const) {
        if (currencies !== 'any' && !currencies.includes(currency)) continue;
        const { key, providerPaymentId } = await openAndPay(subject(), { currency, amountMinor });
        expect(`${sandbox.priceShown(providerPaymentId)} ${currency}`).toBe(`${price} ${currency}`);
        expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', capturedMinor: amountMinor, currency });
      }
    });

    it('the smallest charge it names is taken, and one less is not', async () => {
      const { provider, credentials } = subject();
      const { currency } = orderFor(subject());
      const least = provider.minimumChargeMinor(currency);
      expect(await provider.createPayment(credentials, orderFor(subject(), { amountMinor: least > 0n ? least : 1n }))).toMatchObject({
        kind: 'done',
      });
      if (least < 2n) return;
      expect(await provider.createPayment(credentials, orderFor(subject(), { amountMinor: least - 1n }))).toMatchObject({ kind: 'declined' });
    });

    it('clients of every language, with and without an e-mail address, get a page', async () => {
      for (const language of ['en', 'uk', 'pt', 'pt-BR', 'ar']) await open(subject(), { language });
      await open(subject(), { clientEmail: 'client+salon@example.com', instantMethodsOnly: false });
    });

    it('money in another amount or currency than was asked is told as what it is', async () => {
      const { provider, credentials, sandbox } = subject();
      const less = await open(subject());
      if (await sandbox.payAmiss(less.providerPaymentId, { amountMinor: 700_00n }))
        expect(must(await provider.readPayment(credentials, less.key))).toMatchObject({
          state: 'captured',
          capturedMinor: 700_00n,
          currency: less.order.currency,
        });
      const { currencies } = provider.capabilities;
      const other = currencies === 'any' ? 'USD' : currencies.find((one) => one !== less.order.currency);
      const foreign = await open(subject());
      if (other && (await sandbox.payAmiss(foreign.providerPaymentId, { currency: other })))
        expect(must(await provider.readPayment(credentials, foreign.key))).toMatchObject({ state: 'captured', currency: other });
    });

    it('a refused card leaves the page open where the provider lets the client try again, and has failed elsewhere', async () => {
      const { provider, credentials, sandbox } = subject();
      const { order, key, providerPaymentId } = await open(subject());
      await sandbox.decline(providerPaymentId);
      if (!provider.capabilities.triesAgainOnPage) {
        expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'failed', capturedMinor: 0n });
        expect(await sandbox.pay(providerPaymentId)).toBe(false);
        return;
      }
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'open', capturedMinor: 0n });
      expect(await sandbox.pay(providerPaymentId)).toBe(true);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', capturedMinor: order.amountMinor });
    });

    it('a way of paying that is decided later is processing until it is decided, either way', async () => {
      const { provider, credentials, sandbox } = subject();
      for (const paid of [true, false]) {
        const { order, key, providerPaymentId } = await open(subject(), { instantMethodsOnly: false });
        if (!(await sandbox.processing.start(providerPaymentId))) return;
        expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'processing', capturedMinor: 0n });
        await sandbox.processing.settle(providerPaymentId, paid);
        expect(must(await provider.readPayment(credentials, key))).toMatchObject(
          paid ? { state: 'captured', capturedMinor: order.amountMinor } : { state: 'failed', capturedMinor: 0n },
        );
      }
    });
  });
}

/** Of the credentials only what is marked as a secret: settings may be anywhere. */
function secretsOf({ provider, credentials }: ProviderSubject): readonly string[] {
  return Object.entries(provider.credentialsShape.shape).flatMap(([name, shape]) =>
    shape.meta()?.['secret'] === true && credentials[name] ? [credentials[name]] : [],
  );
}

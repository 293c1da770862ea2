import { describe, expect, it } from 'vitest';
import type { Credentials } from '../payment-provider.ts';
import { cob, noCob, order, pixAt, txid } from './testing/pix-at.ts';
import { problem, type Said } from './testing/scripted-bank.ts';

describe('asking the bank for a charge', () => {
  it('looks first, then asks under a name made of our key, with the time that is left and our reference', async () => {
    const { provider, bank, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [noCob], [`PUT /v2/cob/${txid}`]: [[201, cob()]] });
    const opened = await provider.createPayment(keys, order);
    expect(opened).toMatchObject({
      kind: 'done',
      value: { providerPaymentId: txid, pageUrl: order.ownPageUrl, closesAt: order.payableUntil, page: { kind: 'code' } },
    });
    expect(txid).toMatch(/^[a-zA-Z0-9]{26,35}$/);
    expect(bank.asked()).toEqual(['POST /oauth/token', `GET /v2/cob/${txid}`, `PUT /v2/cob/${txid}`]);
    expect(JSON.parse(bank.heard[2]?.body ?? '')).toEqual({
      calendario: { expiracao: 900 },
      valor: { original: '750.10' },
      chave: 'salon@example.com',
      solicitacaoPagador: 'Corte de cabelo; é',
      infoAdicionais: [{ nome: 'Ref. Holdfast', valor: 'hf1_pay_7' }],
    });
    expect(bank.heard[2]?.headers).toMatchObject({ authorization: 'Bearer token-1', 'content-type': 'application/json' });
  });

  it('said again ten minutes later after it never arrived, it does not live longer', async () => {
    const { provider, bank, keys, later } = await pixAt({ [`GET /v2/cob/${txid}`]: [noCob], [`PUT /v2/cob/${txid}`]: [undefined, [201, cob()]] });
    expect((await provider.createPayment(keys, order)).kind).toBe('unknown');
    later(10);
    await provider.createPayment(keys, order);
    expect(JSON.parse(bank.heard.at(-1)?.body ?? '')).toMatchObject({ calendario: { expiracao: 300 } });
    later(5);
    expect(await provider.createPayment(keys, order)).toMatchObject({ kind: 'declined', code: 'too_late' });
  });

  it('one that is there is taken as it is: to a bank, the same charge said again is a change', async () => {
    const { provider, bank, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [[200, cob()]] });
    expect(await provider.createPayment(keys, order)).toMatchObject({ kind: 'done', value: { providerPaymentId: txid } });
    expect(bank.asked()).not.toContain(`PUT /v2/cob/${txid}`);
  });

  it('one that somebody else made a moment ago is taken, though ours was refused', async () => {
    const answers = { [`GET /v2/cob/${txid}`]: [noCob, [200, cob()] as Said], [`PUT /v2/cob/${txid}`]: [problem(400, 'CobOperacaoInvalida')] };
    const { provider, keys } = await pixAt(answers);
    expect(await provider.createPayment(keys, order)).toMatchObject({ kind: 'done', value: { providerPaymentId: txid } });
  });

  it('one of another amount under the same name is nothing to send a client to', async () => {
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [[200, cob({ valor: { original: '1.00' } })]] });
    expect((await provider.createPayment(keys, order)).kind).toBe('unknown');
  });

  it('refused, the bank’s reasons are told and its name for it is the code', async () => {
    const said: Said = [
      400,
      {
        type: 'https://pix.bcb.gov.br/api/v2/error/CobOperacaoInvalida',
        title: 'x',
        status: 400,
        detail: 'Cobrança inválida.',
        violacoes: [{ razao: 'O campo cob.chave não é seu.' }],
      },
    ];
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [noCob], [`PUT /v2/cob/${txid}`]: [said] });
    const message = 'Cobrança inválida. O campo cob.chave não é seu.';
    expect(await provider.createPayment(keys, order)).toEqual({ kind: 'declined', code: 'CobOperacaoInvalida', message });
  });

  it.each([
    ['EUR', 1_00n, 'currency_not_supported'],
    ['BRL', 0n, 'amount_not_chargeable'],
    ['BRL', -1n, 'amount_not_chargeable'],
    ['BRL', 1_000_000_000_000n, 'amount_not_chargeable'],
  ])('%s %s is not even asked for', async (currency, amountMinor, code) => {
    const { provider, bank, keys } = await pixAt({});
    expect(await provider.createPayment(keys, { ...order, currency, amountMinor })).toMatchObject({ kind: 'declined', code });
    expect(bank.heard).toEqual([]);
  });
});

describe('the code on the page', () => {
  const codeAt = async (changes: object, credentials: Credentials = {}) => {
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [[200, cob(changes)]] }, { credentials });
    const opened = await provider.createPayment(keys, order);
    return opened.kind === 'done' && opened.value.page?.kind === 'code' ? opened.value.page.code : opened.kind;
  };
  const banks =
    '00020101021226760014br.gov.bcb.pix2554pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd4415204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D9E';

  it('is the bank’s own where it gives one', async () => {
    const good = (await codeAt({ pixCopiaECola: await codeAt({}) })) as string;
    expect(good).toContain('pix.bank.example/qr/v2/9d36b84fc70b478fb95c12729b90ca25');
    expect(good).toContain('5911Salao Tilia6009Sao Paulo');
  });

  it('is made of the charge’s location where the bank’s is damaged, or missing', async () => {
    for (const changes of [
      { pixCopiaECola: banks },
      { pixCopiaECola: null },
      { location: null, loc: { location: 'https://pix.bank.example/qr/v2/x' } },
    ])
      expect(await codeAt(changes)).toMatch(/^00020101021226\d\d0014br\.gov\.bcb\.pix25\d\dpix\.bank\.example\/qr/);
  });

  it('is nothing to show where it cannot be made', async () => {
    expect(await codeAt({ location: null })).toBe('unknown');
    expect(await codeAt({}, { receiverName: 'Салон' })).toBe('unknown');
  });
});

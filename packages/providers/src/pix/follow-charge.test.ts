import { describe, expect, it } from 'vitest';
import { cob, created, devolucao, devolucaoPath, key, paid, pix, pixAt, refund, txid } from './testing/pix-at.ts';
import { problem, type Said } from './testing/scripted-bank.ts';

const ok = (body: unknown): Said => [200, body];
const cobPath = `/v2/cob/${txid}`;

describe('how a charge stands', () => {
  const read = async (body: unknown, { minutes = 0, feePercent = '' } = {}) => {
    const now = new Date(created.getTime() + minutes * 60_000);
    const { provider, keys } = await pixAt({ [`GET ${cobPath}`]: [ok(body)] }, { now, credentials: { feePercent } });
    const answer = await provider.readPayment(keys, key);
    return answer.kind === 'done' ? answer.value : answer;
  };
  const nothing = { reference: key.reference, providerPaymentId: txid, capturedMinor: 0n, refundedMinor: 0n, currency: 'BRL' };
  const all = { ...nothing, state: 'captured', capturedMinor: 750_10n };

  it.each([
    ['open until its end, and a minute longer: the bank’s clock may be behind ours', cob(), 15.99, { ...nothing, state: 'open' }],
    ['closed from then on, though the bank still calls it active', cob(), 16, { ...nothing, state: 'closed' }],
    [
      'a day long where the bank leaves that out',
      cob({ calendario: { criacao: '2026-11-21T07:00:00.250-03:00' } }),
      1440.9,
      { ...nothing, state: 'open' },
    ],
    ['removed by the salon', cob({ status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' }), 0, { ...nothing, state: 'closed' }],
    ['removed by the bank', cob({ status: 'REMOVIDA_PELO_PSP' }), 0, { ...nothing, state: 'closed' }],
    ['paid', paid(), 0, all],
    ['paid, and the time is long over', paid(), 900, all],
    ['paid twice', cob({ status: 'CONCLUIDA', pix: [pix(), pix()] }), 0, { ...all, capturedMinor: 1500_20n }],
    ['paid in the moment in which it was removed', cob({ status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR', pix: [pix()] }), 0, all],
    ['a part gone back', paid([devolucao('DEVOLVIDO')]), 0, { ...all, refundedMinor: 100_00n }],
    ['two parts gone back', paid([devolucao('DEVOLVIDO'), devolucao('DEVOLVIDO', '0.10')]), 0, { ...all, refundedMinor: 100_10n }],
    ['one alone instead of a list, as in the official example', paid(devolucao('DEVOLVIDO')), 0, { ...all, refundedMinor: 100_00n }],
    ['a part on its way back', paid([devolucao('EM_PROCESSAMENTO')]), 0, all],
    ['a part that did not go back', paid([devolucao('NAO_REALIZADO')]), 0, all],
    ['somebody else’s', cob({ infoAdicionais: null }), 0, { ...nothing, reference: undefined, state: 'open' }],
  ])('%s', async (_what, body, minutes, fact) => {
    expect(await read(body, { minutes })).toEqual(fact);
  });

  it.each([
    ['0.99', 743n],
    ['0,99', 743n],
    ['1', 750n],
    ['0', 0n],
    ['0.0009', 1n],
    ['0.0006', 0n],
    ['', undefined],
    ['x', undefined],
  ])('the bank’s fee of %s per cent, rounded half up, is %s', async (feePercent, feeMinor) => {
    expect(await read(paid(), { feePercent })).toEqual(feeMinor === undefined ? all : { ...all, feeMinor });
    expect(await read(cob(), { feePercent })).toEqual({ ...nothing, state: 'open' });
  });
});

describe('finding a charge by our reference', () => {
  const other = (n: number) => ({
    txid: String(n).padStart(30, '0'),
    status: 'ATIVA',
    infoAdicionais: [{ nome: 'Ref. Holdfast', valor: `hf1_pay_${n}_` }],
  });
  const page = (cobs: unknown[], quantidadeDePaginas: number): Said => ok({ parametros: { paginacao: { quantidadeDePaginas } }, cobs });

  it('looks through all pages of that time, and the paid one counts most', async () => {
    const rows = [
      cob({ txid: 'a'.repeat(26), status: 'REMOVIDA_PELO_PSP' }),
      cob({ txid: 'b'.repeat(26) }),
      { ...paid(), txid },
      cob({ txid: 'c'.repeat(26) }),
    ];
    const pages = [page([other(1), rows[0], { txid: 'x', status: 'ATIVA' }], 3), page([rows[1], rows[2]], 3), page([rows[3], other(2)], 3)];
    const { provider, bank, keys, later } = await pixAt({ 'GET /v2/cob': pages, [`GET ${cobPath}`]: [ok(paid())] });
    later(5);
    const { providerPaymentId: _, ...byReference } = key;
    expect(await provider.readPayment(keys, byReference)).toMatchObject({ kind: 'done', value: { providerPaymentId: txid, state: 'captured' } });
    const listed = bank.heard.filter(({ what }) => what === 'GET /v2/cob').map(({ query }) => Object.fromEntries(query));
    const span = { inicio: '2026-11-21T09:58:00.250Z', fim: '2026-11-21T10:07:00.250Z', 'paginacao.itensPorPagina': '100' };
    expect(listed).toEqual(['0', '1', '2'].map((number) => ({ ...span, 'paginacao.paginaAtual': number })));
  });

  it('finds nothing among others’, and says nothing when the list cannot be read', async () => {
    const { providerPaymentId: _, ...byReference } = key;
    for (const [said, answer] of [
      [page([other(1)], 1), { kind: 'done', value: undefined }],
      [page([], 1), { kind: 'done', value: undefined }],
      [page([{ id: 1 }], 1), { kind: 'unknown' }],
      [problem(503, 'ServicoIndisponivel'), { kind: 'unknown' }],
      [problem(403, 'AcessoNegado'), { kind: 'declined', code: 'AcessoNegado' }],
    ] as const) {
      const { provider, keys } = await pixAt({ 'GET /v2/cob': [said] });
      expect(await provider.readPayment(keys, byReference)).toMatchObject(answer);
    }
  });
});

describe('closing a charge', () => {
  it('removes it and says nothing else beside', async () => {
    const { provider, bank, keys } = await pixAt({ [`PATCH ${cobPath}`]: [ok(cob({ status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR', revisao: 1 }))] });
    expect(await provider.closePayment(keys, key)).toMatchObject({ kind: 'done', value: { state: 'closed' } });
    expect(bank.heard.at(-1)?.body).toBe('{"status":"REMOVIDA_PELO_USUARIO_RECEBEDOR"}');
  });

  it.each([
    ['it was just paid', ok(paid()), { kind: 'done', value: { state: 'captured', capturedMinor: 750_10n } }],
    ['it is closed already', ok(cob({ status: 'REMOVIDA_PELO_PSP' })), { kind: 'done', value: { state: 'closed' } }],
    ['nobody knows why', ok(cob()), { kind: 'declined', code: 'CobOperacaoInvalida' }],
    ['and the bank cannot say more', problem(500, 'ErroInternoDoServidor'), { kind: 'unknown' }],
  ])('refused because %s', async (_why, said, answer) => {
    const { provider, keys } = await pixAt({ [`PATCH ${cobPath}`]: [problem(400, 'CobOperacaoInvalida')], [`GET ${cobPath}`]: [said] });
    expect(await provider.closePayment(keys, key)).toMatchObject(answer);
  });
});

describe('giving back', () => {
  const notYet = problem(404, 'PixDevolucaoNaoEncontrada');
  const at = (answers: Record<string, readonly Said[]>, body: unknown = paid()) => pixAt({ [`GET ${cobPath}`]: [ok(body)], ...answers });

  it('looks first, then asks under a name made of the refund’s key', async () => {
    const { provider, bank, keys } = await at({
      [`GET ${devolucaoPath}`]: [notYet],
      [`PUT ${devolucaoPath}`]: [[201, devolucao('EM_PROCESSAMENTO')]],
    });
    expect(await provider.refundPayment(keys, refund)).toMatchObject({ kind: 'done', value: { state: 'pending', amountMinor: 100_00n } });
    expect(bank.heard.at(-1)).toMatchObject({ what: `PUT ${devolucaoPath}`, body: '{"valor":"100.00"}' });
    expect(devolucaoPath).toMatch(/\/devolucao\/[a-zA-Z0-9]{1,35}$/);
  });

  it.each([
    ['DEVOLVIDO', 'refunded'],
    ['EM_PROCESSAMENTO', 'pending'],
    ['NAO_REALIZADO', 'failed'],
  ])('one that was asked for before is only looked at: %s', async (status, state) => {
    const { provider, bank, keys } = await at({ [`GET ${devolucaoPath}`]: [ok(devolucao(status))] });
    for (const answer of [await provider.refundPayment(keys, refund), await provider.readRefund(keys, refund)])
      expect(answer).toMatchObject({ kind: 'done', value: { state } });
    expect(bank.asked()).not.toContain(`PUT ${devolucaoPath}`);
  });

  it('refused because somebody said the same at that moment, theirs is the answer', async () => {
    const used = problem(400, 'PixDevolucaoInvalida');
    const { provider, keys } = await at({ [`GET ${devolucaoPath}`]: [notYet, ok(devolucao('DEVOLVIDO'))], [`PUT ${devolucaoPath}`]: [used] });
    expect(await provider.refundPayment(keys, refund)).toMatchObject({ kind: 'done', value: { state: 'refunded' } });
    const refused = await at({ [`GET ${devolucaoPath}`]: [notYet], [`PUT ${devolucaoPath}`]: [used] });
    expect(await refused.provider.refundPayment(refused.keys, refund)).toMatchObject({ kind: 'declined', code: 'PixDevolucaoInvalida' });
  });

  it('of another amount under the same key is nothing that can be called done', async () => {
    const { provider, keys } = await at({ [`GET ${devolucaoPath}`]: [ok(devolucao('DEVOLVIDO', '99.99'))] });
    expect((await provider.refundPayment(keys, refund)).kind).toBe('unknown');
  });

  it('of what came in two pieces goes back of the one with room', async () => {
    const second = 'E9999999920261121100500000000002';
    const pieces = cob({ status: 'CONCLUIDA', pix: [{ ...pix([devolucao('EM_PROCESSAMENTO', '700.00')]) }, { ...pix(), endToEndId: second }] });
    const secondPath = devolucaoPath.replace(/E\w{31}/, second);
    const { provider, bank, keys } = await at({ [`PUT ${secondPath}`]: [[201, devolucao('DEVOLVIDO')]] }, pieces);
    expect(await provider.refundPayment(keys, refund)).toMatchObject({ kind: 'done', value: { state: 'refunded' } });
    expect(bank.asked().slice(-3)).toEqual([`GET ${devolucaoPath}`, `GET ${secondPath}`, `PUT ${secondPath}`]);
  });

  it.each([
    ['what nobody paid', {}, cob(), 'nothing_captured'],
    ['in euros', { currency: 'EUR' }, paid(), 'currency_not_supported'],
    ['nothing', { amountMinor: 0n }, paid(), 'amount_not_chargeable'],
    ['less than nothing', { amountMinor: -1n }, paid(), 'amount_not_chargeable'],
  ])('%s is declined', async (_what, changes, body, code) => {
    const { provider, keys } = await at({}, body);
    expect(await provider.refundPayment(keys, { ...refund, ...changes })).toMatchObject({ kind: 'declined', code });
  });

  it('of what the bank does not know is declined, and nothing of it has happened', async () => {
    const { provider, keys } = await pixAt({});
    expect(await provider.refundPayment(keys, refund)).toMatchObject({ kind: 'declined', code: 'CobNaoEncontrado' });
    expect(await provider.readRefund(keys, refund)).toEqual({ kind: 'done', value: undefined });
  });
});

describe('telling the bank where to report', () => {
  const url = 'https://salon.example/api/v1/webhooks/chn_1/con_1/secret';
  const path = '/v2/webhook/salon%40example.com';
  const registered = (webhookUrl: string): Said => ok({ webhookUrl, chave: 'salon@example.com', criacao: '2026-01-01T00:00:00Z' });
  const none = problem(404, 'WebhookNaoEncontrado');

  it.each([
    ['no address is there', none, false],
    ['ours is there already', registered(`${url}/`), false],
    ['another one is there that may be replaced', registered('https://shop.example/pix'), true],
  ])('is done when %s', async (_what, present, replace) => {
    const { provider, bank, keys } = await pixAt({ [`GET ${path}`]: [present], [`PUT ${path}`]: [[200, '']] });
    expect(await provider.setUpWebhook(keys, { url, replace })).toEqual({ kind: 'done', value: { kind: 'set' } });
    expect(bank.heard.at(-1)).toMatchObject({ what: `PUT ${path}`, body: JSON.stringify({ webhookUrl: url }) });
    expect(bank.heard.at(-1)?.headers['x-skip-mtls-checking']).toBeUndefined();
  });

  it('changes nothing when somebody else is told of payments', async () => {
    const otherUrl = 'https://shop.example/pix';
    const { provider, bank, keys } = await pixAt({ [`GET ${path}`]: [registered(otherUrl)] });
    expect(await provider.setUpWebhook(keys, { url, replace: false })).toEqual({ kind: 'done', value: { kind: 'taken', otherUrl } });
    expect(bank.asked()).not.toContain(`PUT ${path}`);
  });

  it('tells Efí that the address itself is the proof, where the owner wants that', async () => {
    const credentials = { webhookDelivery: 'efi_skip_mtls' };
    const { provider, bank, keys } = await pixAt({ [`GET ${path}`]: [none], [`PUT ${path}`]: [[201, {}]] }, { credentials });
    expect(await provider.setUpWebhook(keys, { url, replace: false })).toMatchObject({ kind: 'done' });
    expect(bank.heard.at(-1)?.headers['x-skip-mtls-checking']).toBe('true');
  });

  it('refused, it says why', async () => {
    for (const [put, answer] of [
      [problem(400, 'WebhookOperacaoInvalida', 'URL inválida'), { kind: 'declined', code: 'WebhookOperacaoInvalida', message: 'URL inválida' }],
      [problem(404, 'NaoEncontrado'), { kind: 'declined', code: 'NaoEncontrado' }],
      [problem(500, 'ErroInternoDoServidor'), { kind: 'unknown' }],
    ] as const) {
      const { provider, keys } = await pixAt({ [`GET ${path}`]: [none], [`PUT ${path}`]: [put] });
      expect(await provider.setUpWebhook(keys, { url, replace: false })).toMatchObject(answer);
    }
  });
});

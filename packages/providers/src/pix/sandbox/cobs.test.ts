import { beforeEach, expect, test } from 'vitest';
import { merchant, newTxid, sandboxForTest, start } from './sandbox-for-test.ts';

let made: Awaited<ReturnType<typeof sandboxForTest>>;
let salon: Awaited<ReturnType<typeof merchant>>;
beforeEach(async () => {
  made = await sandboxForTest();
  salon = await merchant(made.sandbox, 'salon');
});

/** What is said of a refusal: its kind, and of which properties. */
const kindOf = ({ body }: { body: { type: string; violacoes?: { propriedade: string }[] } }) =>
  [body.type.split('/').at(-1), ...(body.violacoes ?? []).map(({ propriedade }) => propriedade)].join(' ');

test('a charge is made under our own txid, shows its code and stays as it was asked', async () => {
  const txid = newTxid();
  const wish = salon.cobOf({ solicitacaoPagador: 'Corte de cabelo', devedor: { cpf: '12345678909', nome: 'Ana Souza' } });
  const cob = await salon.good('PUT', `/v2/cob/${txid}`, wish);
  expect(cob).toMatchObject({ txid, revisao: 0, status: 'ATIVA', calendario: { criacao: start.toISOString(), expiracao: 3600 }, ...wish });
  expect(cob.pixCopiaECola).toContain(cob.location);
  expect(await salon.good('GET', `/v2/cob/${txid}`)).toEqual(cob);
  expect(await salon.good('GET', `/v2/loc/${cob.loc.id}`)).toMatchObject({ txid, location: cob.location });
  expect((await salon.good('GET', `/v2/loc/${cob.loc.id}/qrcode`)).qrcode).toBe(cob.pixCopiaECola);
});

test('without a txid the PSP picks one, and without an expiry it is a day', async () => {
  const cob = await salon.good('POST', '/v2/cob', salon.cobOf({ calendario: {} }));
  expect(cob.calendario.expiracao).toBe(86_400);
  expect((await salon.good('POST', '/v2/cob', salon.cobOf())).txid).not.toBe(cob.txid);
});

test.each([
  ['an expiry of zero', { calendario: { expiracao: 0 } }, 'cob.calendario.expiracao'],
  ['an expiry before now', { calendario: { expiracao: -1 } }, 'cob.calendario.expiracao'],
  ['an expiry in words', { calendario: { expiracao: '3600' } }, 'cob.calendario.expiracao'],
  ['no calendar', { calendario: undefined }, 'cob.calendario'],
  ['nothing to pay', { valor: { original: '0.00' } }, 'cob.valor.original'],
  ['a number as amount', { valor: { original: 50 } }, 'cob.valor.original'],
  ['one decimal', { valor: { original: '50.0' } }, 'cob.valor.original'],
  ['a negative amount', { valor: { original: '-1.00' } }, 'cob.valor.original'],
  ['eleven digits', { valor: { original: '12345678901.00' } }, 'cob.valor.original'],
  ['somebody else’s key', { chave: 'other@example.com' }, 'cob.chave'],
  ['a message too long', { solicitacaoPagador: 'x'.repeat(141) }, 'cob.solicitacaoPagador'],
  ['51 additional informations', { infoAdicionais: Array(51).fill({ nome: 'a', valor: 'b' }) }, 'cob.infoAdicionais'],
  ['a debtor without a number', { devedor: { nome: 'Ana' } }, 'cob.devedor'],
  ['a location that is not there', { loc: { id: 99 } }, 'cob.loc.id'],
  ['a field that the standard does not know', { amount: 5000 }, 'cob.amount'],
])('a charge with %s is refused, and none is made', async (_what, more, property) => {
  const txid = newTxid();
  const answer = await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf(more));
  expect([answer.status, kindOf(answer)]).toEqual([400, `CobOperacaoInvalida ${property}`]);
  expect((await salon.call('GET', `/v2/cob/${txid}`)).status).toBe(404);
});

test('the largest amount and the longest txid are taken, one more is not', async () => {
  await salon.good('PUT', `/v2/cob/${'a'.repeat(35)}`, salon.cobOf({ valor: { original: '9999999999.99' } }));
  await salon.good('PUT', `/v2/cob/${'a'.repeat(26)}`, salon.cobOf({ valor: { original: '0.01' } }));
  for (const txid of ['a'.repeat(36), 'a'.repeat(25), `${'a'.repeat(26)}-`])
    expect(kindOf(await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf()))).toBe('CobOperacaoInvalida txid');
});

test('what is no JSON, or too much of it, is refused as a problem', async () => {
  for (const wish of ['{', '[]', '"x"', 'null'])
    expect((await salon.bare('POST', '/v2/cob', { body: wish, headers: { authorization: await salon.signIn() } })).status).toBe(400);
  expect((await salon.call('PUT', '/v2/nothing/here', {})).status).toBe(404);
});

test('the same txid again says it again, with other words it is a revision, and the earlier one can still be read', async () => {
  const txid = newTxid();
  const first = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.clock.move({ minutes: 10 });
  expect(await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf())).toEqual(first);
  const revised = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf({ valor: { original: '60.00' } }));
  expect(revised).toMatchObject({ revisao: 1, valor: { original: '60.00' }, calendario: first.calendario, location: first.location });
  expect(await salon.good('GET', `/v2/cob/${txid}?revisao=0`)).toMatchObject({ revisao: 0, valor: { original: '50.00' } });
  expect(kindOf(await salon.call('GET', `/v2/cob/${txid}?revisao=2`))).toBe('CobConsultaInvalida');
  expect(made.sandbox.payments()).toHaveLength(1);
});

test('a PSP that refuses a repeated txid refuses it, and the charge stays', async () => {
  made.sandbox.setHabits(salon.keys['clientId'] ?? '', { refusesRepeatedTxid: true });
  const txid = newTxid();
  const first = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  expect(kindOf(await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf()))).toBe('CobOperacaoInvalida txid');
  expect(await salon.good('GET', `/v2/cob/${txid}`)).toEqual(first);
});

test('a txid is one merchant’s: another may use the same, and sees nothing of the first', async () => {
  const other = await merchant(made.sandbox, 'other');
  const txid = newTxid();
  const { loc } = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  expect(kindOf(await other.call('GET', `/v2/cob/${txid}`))).toBe('CobNaoEncontrado');
  expect(kindOf(await other.call('PATCH', `/v2/cob/${txid}`, { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' }))).toBe('CobNaoEncontrado');
  expect(kindOf(await other.call('GET', `/v2/loc/${loc.id}`))).toBe('PayloadLocationNaoEncontrado');
  await other.good('PUT', `/v2/cob/${txid}`, other.cobOf({ valor: { original: '7.00' } }));
  expect(await salon.good('GET', `/v2/cob/${txid}`)).toMatchObject({ valor: { original: '50.00' } });
});

test('a charge can be taken away, alone and once, and nobody can pay it any more', async () => {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  const gone = { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' };
  expect(kindOf(await salon.call('PATCH', `/v2/cob/${txid}`, { ...gone, solicitacaoPagador: 'x' }))).toBe('CobOperacaoInvalida cob.status');
  expect(kindOf(await salon.call('PATCH', `/v2/cob/${txid}`, { status: 'REMOVIDA_PELO_PSP' }))).toBe('CobOperacaoInvalida cob.status');
  expect(await salon.good('PATCH', `/v2/cob/${txid}`, gone)).toMatchObject({ ...gone, revisao: 1 });
  expect(made.sandbox.pay(txid)).toBe('closed');
  expect(kindOf(await salon.call('PATCH', `/v2/cob/${txid}`, gone))).toBe('CobOperacaoInvalida cob.status');
  expect(kindOf(await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf()))).toBe('CobOperacaoInvalida cob.status');
  expect(made.sandbox.payments()).toMatchObject([{ id: txid, state: 'closed' }]);
});

test('a charge that is ATIVA can be changed in part', async () => {
  const txid = newTxid();
  const first = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  const changed = await salon.good('PATCH', `/v2/cob/${txid}`, { calendario: { expiracao: 60 }, loc: { id: first.loc.id } });
  expect(changed).toMatchObject({ revisao: 1, calendario: { expiracao: 60 }, valor: { original: '50.00' } });
  expect(kindOf(await salon.call('PATCH', `/v2/cob/${txid}`, { valor: { original: '0.00' } }))).toBe('CobOperacaoInvalida cob.valor.original');
});

test('paid once, it is CONCLUIDA with the money in it, and takes no second payment', async () => {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  expect(made.sandbox.pay(txid, { declined: true })).toBe('declined');
  expect(made.sandbox.pay(txid, { processing: true })).toBe('not_offered');
  expect(made.sandbox.pay(txid, { currency: 'EUR' })).toBe('not_offered');
  expect(made.sandbox.payments()).toMatchObject([{ reference: 'hf_pay_1', state: 'open', capturedMinor: 0n, priceShown: '50.00' }]);
  expect(made.sandbox.pay(txid)).toBe('captured');
  expect(made.sandbox.pay(txid)).toBe('closed');
  const cob = await salon.good('GET', `/v2/cob/${txid}`);
  expect(cob).toMatchObject({ status: 'CONCLUIDA', pix: [{ txid, valor: '50.00', chave: salon.keys['pixKey'], horario: start.toISOString() }] });
  expect(await salon.good('GET', `/v2/pix/${cob.pix[0].endToEndId}`)).toEqual(cob.pix[0]);
  expect(kindOf(await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf()))).toBe('CobOperacaoInvalida cob.status');
});

test('one second before its end it is paid, at its end it is not, and stays ATIVA all the same', async () => {
  const [inTime, late] = [newTxid(), newTxid()];
  for (const txid of [inTime, late]) await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.clock.move({ seconds: 3599 });
  expect(made.sandbox.pay(inTime)).toBe('captured');
  made.clock.move({ seconds: 1 });
  expect(made.sandbox.pay(late)).toBe('closed');
  expect(await salon.good('GET', `/v2/cob/${late}`)).toMatchObject({ status: 'ATIVA' });
  expect(made.sandbox.payments().map(({ state }) => state)).toEqual(['captured', 'closed']);
});

test('a PSP that leaves out the code still shows the location', async () => {
  made.sandbox.setHabits(salon.keys['clientId'] ?? '', { leavesOutCode: true });
  const cob = await salon.good('PUT', `/v2/cob/${newTxid()}`, salon.cobOf());
  expect(cob.pixCopiaECola).toBeUndefined();
  expect(cob.location).toMatch(/^127\.0\.0\.1:\d+\/qr\/v2\/[0-9a-f]{32}$/);
});

test('lists are of a span, by page, and only of what was asked', async () => {
  const txids = Array.from({ length: 5 }, newTxid);
  for (const txid of txids) {
    await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
    made.clock.move({ minutes: 1 });
  }
  made.sandbox.pay(txids[1] ?? '');
  const span = `inicio=${start.toISOString()}&fim=${made.clock.at.toISOString()}`;
  const ids = (list: { txid: string }[]) => list.map(({ txid }) => txid);
  const page = await salon.good('GET', `/v2/cob?${span}&paginacao.paginaAtual=1&paginacao.itensPorPagina=2`);
  expect(ids(page.cobs)).toEqual(txids.slice(2, 4));
  expect(page.parametros.paginacao).toEqual({ paginaAtual: 1, itensPorPagina: 2, quantidadeDePaginas: 3, quantidadeTotalDeItens: 5 });
  expect(ids((await salon.good('GET', `/v2/cob?${span}&status=CONCLUIDA`)).cobs)).toEqual([txids[1]]);
  expect(ids((await salon.good('GET', `/v2/pix?${span}&txid=${txids[1]}`)).pix)).toEqual([txids[1]]);
  expect((await salon.good('GET', `/v2/pix?${span}&devolucaoPresente=true`)).pix).toEqual([]);
  const fim = new Date(start.getTime() + 60_000).toISOString();
  expect(ids((await salon.good('GET', `/v2/cob?inicio=2026-11-20T07:00:00.250-03:00&fim=${fim}`)).cobs)).toEqual(txids.slice(0, 2));
  for (const query of [
    '',
    `inicio=${fim}`,
    `inicio=${fim}&fim=${start.toISOString()}`,
    `${span}&cpf=12345678909&cnpj=12345678000195`,
    `${span}&paginacao.paginaAtual=-1`,
    `${span}&paginacao.itensPorPagina=1001`,
    `${span}&limit=5`,
    'inicio=2026-11-20&fim=2026-11-21',
  ])
    expect((await salon.call('GET', `/v2/cob?${query}`)).body.type).toContain('CobConsultaInvalida');
});

import { beforeEach, expect, test } from 'vitest';
import { merchant, newTxid, sandboxForTest, webhookAddress } from './sandbox-for-test.ts';

let made: Awaited<ReturnType<typeof sandboxForTest>>;
let salon: Awaited<ReturnType<typeof merchant>>;
let hook: Awaited<ReturnType<typeof webhookAddress>>;
beforeEach(async () => {
  made = await sandboxForTest();
  hook = await webhookAddress();
  salon = await merchant(made.sandbox, 'salon', hook.url);
});

/** A charge of R$ 50.00 that was paid: its txid and the address of its money. */
async function paid(): Promise<{ txid: string; at: string }> {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.sandbox.pay(txid);
  const { pix } = await salon.good('GET', `/v2/cob/${txid}`);
  return { txid, at: `/v2/pix/${pix[0].endToEndId}` };
}
const why = async (at: string, wish: object) => {
  const { status, body } = await salon.call('PUT', at, wish);
  return [status, body.type.split('/').at(-1), body.detail];
};
const refunded = () => made.sandbox.payments().map(({ refundedMinor }) => refundedMinor);

test('money goes back in parts, up to what came, and the charge stays CONCLUIDA', async () => {
  const { txid, at } = await paid();
  expect(await salon.good('PUT', `${at}/devolucao/a`, { valor: '20.00', descricao: 'Cancelado' })).toMatchObject({
    id: 'a',
    status: 'DEVOLVIDO',
    valor: '20.00',
    descricao: 'Cancelado',
    natureza: 'ORIGINAL',
  });
  expect((await why(`${at}/devolucao/b`, { valor: '30.01' }))[2]).toMatch(/excederiam/);
  await salon.good('PUT', `${at}/devolucao/b`, { valor: '30.00' });
  expect((await why(`${at}/devolucao/c`, { valor: '0.01' }))[2]).toMatch(/excederiam/);
  expect(await salon.good('GET', `/v2/cob/${txid}`)).toMatchObject({ status: 'CONCLUIDA', pix: [{ devolucoes: [{ id: 'a' }, { id: 'b' }] }] });
  expect(refunded()).toEqual([5000n]);
});

test('an id is used once, even for the same amount, and what was done is read under it', async () => {
  const { at } = await paid();
  const first = await salon.good('PUT', `${at}/devolucao/once`, { valor: '1.00' });
  expect((await why(`${at}/devolucao/once`, { valor: '1.00' })).slice(0, 2)).toEqual([400, 'PixDevolucaoInvalida']);
  expect(await salon.good('GET', `${at}/devolucao/once`)).toEqual(first);
  expect((await salon.call('GET', `${at}/devolucao/twice`)).body.type).toContain('PixDevolucaoNaoEncontrada');
  const other = await paid();
  await salon.good('PUT', `${other.at}/devolucao/once`, { valor: '1.00' });
});

test.each([
  ['nothing', { valor: '0.00' }],
  ['a negative amount', { valor: '-1.00' }],
  ['a number', { valor: 1 }],
  ['no amount', {}],
  ['cash that was never handed out', { valor: '1.00', natureza: 'RETIRADA' }],
  ['a kind that a merchant cannot ask for', { valor: '1.00', natureza: 'MED_FRAUDE' }],
  ['a field that the standard does not know', { valor: '1.00', amount: 1 }],
  ['a text too long', { valor: '1.00', descricao: 'x'.repeat(141) }],
])('giving back %s is refused', async (_what, wish) => {
  const { at } = await paid();
  expect((await why(`${at}/devolucao/a`, wish)).slice(0, 2)).toEqual([400, 'PixDevolucaoInvalida']);
  expect(refunded()).toEqual([0n]);
});

test('an id has 1 to 35 letters and digits', async () => {
  const { at } = await paid();
  for (const id of ['x'.repeat(36), 'a-b', '%20']) expect((await salon.call('PUT', `${at}/devolucao/${id}`, { valor: '1.00' })).status).toBe(400);
  await salon.good('PUT', `${at}/devolucao/${'x'.repeat(35)}`, { valor: '1.00' });
});

test('after ninety days to the second money can still go back, a second later it cannot', async () => {
  const { at } = await paid();
  made.clock.move({ days: 90 });
  await salon.good('PUT', `${at}/devolucao/a`, { valor: '1.00' });
  made.clock.move({ seconds: 1 });
  expect((await why(`${at}/devolucao/b`, { valor: '1.00' }))[2]).toMatch(/90 dias/);
});

test('another merchant neither sees the money nor gives it back', async () => {
  const { at } = await paid();
  const other = await merchant(made.sandbox, 'other');
  expect((await other.call('GET', at)).body.type).toContain('PixNaoEncontrado');
  expect((await other.call('PUT', `${at}/devolucao/a`, { valor: '1.00' })).body.type).toContain('PixNaoEncontrado');
});

test('decided later, it is under way until then, counts as gone, and its end is told', async () => {
  const { at } = await paid();
  await made.sandbox.tick();
  hook.received.length = 0;
  made.sandbox.answerRefunds('later');
  const asked = await salon.good('PUT', `${at}/devolucao/later`, { valor: '40.00' });
  expect([asked.status, asked.horario.liquidacao]).toEqual(['EM_PROCESSAMENTO', undefined]);
  await made.sandbox.tick();
  expect([refunded(), hook.received]).toEqual([[0n], []]);
  expect((await why(`${at}/devolucao/more`, { valor: '10.01' }))[2]).toMatch(/excederiam/);
  made.sandbox.settleRefund('later', true);
  expect(refunded()).toEqual([4000n]);
  await made.sandbox.tick();
  expect(hook.received.map(({ body }) => body.pix.map(({ devolucoes }) => devolucoes?.map(({ status }) => status)))).toEqual([[['DEVOLVIDO']]]);
  expect(() => made.sandbox.settleRefund('later', true)).toThrow();
});

test('not done after all, it is told with a reason, and the amount can be asked for again', async () => {
  const { at } = await paid();
  made.sandbox.answerRefunds('later');
  const { rtrId } = await salon.good('PUT', `${at}/devolucao/a`, { valor: '50.00' });
  made.sandbox.settleRefund(rtrId, false);
  expect(await salon.good('GET', `${at}/devolucao/a`)).toMatchObject({ status: 'NAO_REALIZADO', motivo: expect.any(String) });
  made.sandbox.answerRefunds('at_once');
  await salon.good('PUT', `${at}/devolucao/b`, { valor: '50.00' });
  expect(refunded()).toEqual([5000n]);
  await made.sandbox.tick();
  expect(hook.received.map(({ body }) => body.pix[0]?.devolucoes?.at(-1)?.status)).toEqual([undefined, 'NAO_REALIZADO', 'DEVOLVIDO']);
});

test('what the merchant gives back in the dashboard is told and read like any other', async () => {
  const { txid, at } = await paid();
  made.sandbox.giveBack(txid, 1500n);
  made.sandbox.giveBack(txid);
  expect((await salon.good('GET', at)).devolucoes).toMatchObject([{ valor: '15.00' }, { valor: '35.00' }]);
  await made.sandbox.tick();
  expect(hook.received).toHaveLength(3);
  expect(() => made.sandbox.giveBack(txid)).toThrow(RangeError);
});

test('where the PSP errs and takes another amount, that is what came and what can go back', async () => {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.sandbox.pay(txid, { amountMinor: 4999n });
  const { pix } = await salon.good('GET', `/v2/cob/${txid}`);
  expect(pix[0].valor).toBe('49.99');
  expect((await salon.call('PUT', `/v2/pix/${pix[0].endToEndId}/devolucao/a`, { valor: '50.00' })).status).toBe(400);
});

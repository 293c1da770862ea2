import { beforeEach, expect, test } from 'vitest';
import { merchant, newTxid, sandboxForTest } from './sandbox-for-test.ts';

let sandbox: Awaited<ReturnType<typeof sandboxForTest>>['sandbox'];
let salon: Awaited<ReturnType<typeof merchant>>;
beforeEach(async () => {
  ({ sandbox } = await sandboxForTest());
  salon = await merchant(sandbox, 'salon');
});

test('a call that is struck before the deed has done nothing', async () => {
  const txid = newTxid();
  for (const [kind, status] of [
    ['status500', 500],
    ['status429', 429],
    ['html', 502],
  ] as const) {
    sandbox.faults.add({ match: 'create', kind });
    expect((await salon.call('PUT', `/v2/cob/${txid}`, salon.cobOf())).status).toBe(status);
  }
  expect(sandbox.payments()).toEqual([]);
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
});

test('a call whose answer is lost has done its work', async () => {
  const [first, second] = [newTxid(), newTxid()];
  sandbox.faults.add({ match: 'create', kind: 'status500_after' });
  expect((await salon.call('PUT', `/v2/cob/${first}`, salon.cobOf())).status).toBe(500);
  sandbox.faults.add({ match: 'create', kind: 'drop_after' });
  await expect(salon.call('PUT', `/v2/cob/${second}`, salon.cobOf())).rejects.toThrow(/hang up|reset/);
  expect(sandbox.payments().map(({ id }) => id)).toEqual([first, second]);
});

test('a call that would have been refused is lost like any other', async () => {
  sandbox.faults.add({ match: 'create', kind: 'status500_after' });
  expect((await salon.call('PUT', '/v2/cob/short', salon.cobOf())).status).toBe(500);
});

test('silence is silence until somebody hangs up', async () => {
  const { struck } = sandbox.faults.add({ match: 'read', kind: 'timeout' });
  const asked = salon.call('GET', `/v2/cob/${newTxid()}`).then(
    () => 'answered',
    () => 'lost',
  );
  await struck;
  await sandbox.close();
  expect(await asked).toBe('lost');
});

test('each call is struck by its own misfortunes only', async () => {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  for (const match of ['close', 'refund'] as const) sandbox.faults.add({ match, kind: 'status500' });
  await salon.good('GET', `/v2/cob/${txid}`);
  sandbox.pay(txid);
  const { pix } = await salon.good('GET', `/v2/cob/${txid}`);
  expect((await salon.call('PUT', `/v2/pix/${pix[0].endToEndId}/devolucao/a`, { valor: '1.00' })).status).toBe(500);
  expect((await salon.call('PATCH', `/v2/cob/${txid}`, { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' })).status).toBe(500);
  expect(sandbox.faults.list()).toEqual([]);
  expect((await salon.good('GET', `/v2/pix/${pix[0].endToEndId}`)).devolucoes).toBeUndefined();
});

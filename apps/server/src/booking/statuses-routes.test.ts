import type { StatusMatrix } from '@holdfast/contract/cashless';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    listen: false,
    salon: {
      services: {
        color: { price: 8000, minutes: 60, status: 'required' },
        cut: { price: 4000, minutes: 60, status: 'available' },
        cheap: { price: 49, minutes: 15, status: 'available' },
        free: { price: 0, minutes: 15, status: 'available' },
        off: { price: 1000, minutes: 15, status: 'not_available' },
      },
      staff: { anna: { status: 'available', prices: { cheap: 50 } }, bea: { status: 'not_available' }, cleo: { status: 'required' } },
    },
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

type Refused = { code: string; detail: { right?: string } };
const matrix = async () => (await owner.here<StatusMatrix>('GET', 'online-payment-statuses')).body;
const change = async (wish: object, version?: string) =>
  owner.here<StatusMatrix & Refused>('PATCH', 'online-payment-statuses', { version: version ?? (await matrix()).version, ...wish });
const cell = ({ services, staff }: StatusMatrix, serviceId: string, staffId: string) =>
  services.find(({ id }) => id === serviceId)?.cells[staff.findIndex(({ id }) => id === staffId)];
const reason = (seen: StatusMatrix, serviceId: string, staffId: string) => cell(seen, serviceId, staffId)?.reason;

test('each pair says what is asked for and which side decided', async () => {
  const seen = await matrix();
  expect(seen.staff.map(({ id, status }) => [id, status])).toEqual([
    ['anna', 'available'],
    ['bea', 'not_available'],
    ['cleo', 'required'],
  ]);
  expect(cell(seen, 'color', 'anna')).toEqual({ status: 'required', reason: 'service_required', prepayMinor: 8000 });
  expect(reason(seen, 'cut', 'cleo')).toBe('staff_required');
  expect(reason(seen, 'color', 'bea')).toBe('staff_not_available');
  expect(reason(seen, 'off', 'bea')).toBe('both_not_available');
});

test('the table says what a client’s quote says', async () => {
  const seen = await matrix();
  for (const service of seen.services) {
    for (const [index, member] of seen.staff.entries()) {
      const { body } = await clientOf(app).quote([{ serviceIds: [service.id], staffId: member.id, startsAt: '2026-03-09T10:00:00Z' }]);
      const quoted = (body as unknown as { appointments: { services: { policy: object }[] }[] }).appointments[0]?.services[0]?.policy;
      const { prepayMinor: _, ...policy } = service.cells[index] ?? { prepayMinor: 0 };
      expect(quoted, `${service.id} with ${member.id}`).toEqual(policy);
    }
  }
});

test('who does not do a service has no status for it', async () => {
  await sql`delete from staff_services where chain_id = ${app.scope.chainId} and staff_id = 'bea' and service_id = 'cut'`.execute(app.database.read);
  expect(cell(await matrix(), 'cut', 'bea')).toBeNull();
});

test('prices that cannot be charged are told when they are set, with whom', async () => {
  expect((await matrix()).warnings).toEqual([
    // anna's own price is exactly the least
    { code: 'below_provider_minimum', serviceId: 'cheap', staffIds: ['cleo'] },
    { code: 'price_is_zero', serviceId: 'free', staffIds: ['anna', 'cleo'] },
  ]);
});

test('many statuses are changed at once, and each that really changed is in the audit log by itself', async () => {
  const { status, body } = await change({ services: { cut: 'required', color: 'required' }, staff: { bea: 'available' } });
  expect([status, reason(body, 'cut', 'anna'), reason(body, 'color', 'bea')]).toEqual([200, 'service_required', 'service_required']);
  const { rows } = await sql`
    select action, subject_id, before, after from audit_log where action in ('service.changed', 'staff.changed') order by action`.execute(
    app.database.read,
  );
  expect(rows).toEqual([
    { action: 'service.changed', subject_id: 'cut', before: { onlinePayment: 'available' }, after: { onlinePayment: 'required' } },
    { action: 'staff.changed', subject_id: 'bea', before: { onlinePayment: 'not_available' }, after: { onlinePayment: 'available' } },
  ]);
});

test('of two who save at the same moment one is told, and nothing of theirs is half saved', async () => {
  const { version } = await matrix();
  const both = await Promise.all([
    change({ services: { cut: 'available' }, staff: { anna: 'required' } }, version),
    change({ services: { cut: 'not_available' }, staff: { anna: 'not_available' } }, version),
  ]);
  expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'changed_meanwhile']);
  const now = await matrix();
  const pair = [now.services.find(({ id }) => id === 'cut')?.status, now.staff.find(({ id }) => id === 'anna')?.status];
  expect([
    ['available', 'required'],
    ['not_available', 'not_available'],
  ]).toContainEqual(pair);
  await change({ services: { cut: 'available' }, staff: { anna: 'available' } });
});

test('one unknown or archived service, and none of the others is changed', async () => {
  await sql`update services set archived = true where chain_id = ${app.scope.chainId} and service_id = 'off'`.execute(app.database.read);
  for (const other of ['srv_nowhere', 'off', "'; drop table services; --"]) {
    const { status, body } = await change({ services: { [other]: 'required', color: 'not_available' } });
    expect([status, body.code]).toEqual([404, 'not_found']);
  }
  expect((await matrix()).services.find(({ id }) => id === 'color')?.status).toBe('required');
});

test('the other precedence lets the enabled side win', async () => {
  await change({ staff: { bea: 'not_available' } });
  expect(reason(await matrix(), 'color', 'bea')).toBe('staff_not_available');
  const { body } = await change({ precedence: 'enabling' });
  expect([body.precedence, reason(body, 'color', 'bea')]).toEqual(['enabling', 'service_required']);
  await change({ precedence: 'strict' });
});

test('the precedence needs the right for online payment settings, the statuses the one for the catalogue', async () => {
  await sql`
    insert into roles (chain_id, role_id, name, rights, created_at)
    values (${app.scope.chainId}, 'rol_statuses', 'Statuses', '{online_payment.see,catalog.online_payment}', now())`.execute(app.database.read);
  const user = await signInAs(app, 'rol_statuses');
  const { version } = await matrix();
  const refused = await user.here<Refused>('PATCH', 'online-payment-statuses', { version, precedence: 'enabling' });
  expect([refused.status, refused.body.detail.right]).toEqual([403, 'online_payment.edit']);
  expect((await user.here('PATCH', 'online-payment-statuses', { version, services: { color: 'available' } })).status).toBe(200);
});

test('while paying online is off nobody is asked to pay, and what would be wrong is told all the same', async () => {
  await sql`update payment_methods set enabled = false where chain_id = ${app.scope.chainId}`.execute(app.database.read);
  const seen = await matrix();
  expect([seen.methodOn, reason(seen, 'color', 'anna'), seen.minimumChargeMinor]).toEqual([false, 'method_off', 50]);
  expect(seen.warnings.map(({ code }) => code)).toContain('below_provider_minimum');
});

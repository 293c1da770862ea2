import type { Appointment } from '@holdfast/contract/calendar';
import { expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { clientOf } from '../testing/call.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

test('of two receptionists who move two appointments onto one time one wins; of two who edit one appointment the second is told; paying and moving lose nothing', async () => {
  const app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'not_available' }, dye: { price: 9000, minutes: 60, status: 'required' } },
      staff: { ana: { status: 'available' }, bia: { status: 'available' } },
    },
  });
  const user = await signInAs(app, 'owner');
  const book = async (staffId: string, hour: string) =>
    (
      await user.here<Appointment>('POST', 'appointments', {
        client: { name: 'Rita', phone: '', email: '' },
        staffId,
        startsAt: `2026-03-03T${hour}:00:00.000Z`,
        services: [{ serviceId: 'cut', costMinor: null }],
        durationMinutes: null,
        comment: '',
        outsideHours: false,
      })
    ).body;
  const move = (one: Appointment, staffId: string, hour: string) =>
    user.here<{ code?: string }>('PUT', `appointments/${one.id}/time`, {
      version: one.version,
      staffId,
      startsAt: `2026-03-03T${hour}:00:00.000Z`,
      durationMinutes: 60,
      outsideHours: false,
    });
  const see = async (one: Appointment) => (await user.here<Appointment>('GET', `appointments/${one.id}`)).body;
  let [a, b] = [await book('ana', '08'), await book('bia', '08')];
  for (const hour of ['10', '11', '12']) {
    const both = await Promise.all([move(a, 'ana', hour), move(b, 'ana', hour)]);
    expect(both.map(({ status, body }) => `${status} ${body.code ?? ''}`).sort()).toEqual(['200 ', '409 time_taken']);
    [a, b] = [await see(a), await see(b)];
  }
  // onto each other's times at once: neither can, and nobody waits for ever
  const crossed = await Promise.all([move(a, b.staffId, b.startsAt.slice(11, 13)), move(b, a.staffId, a.startsAt.slice(11, 13))]);
  expect(crossed.map(({ status }) => status)).toEqual([409, 409]);
  const edits = await Promise.all(Array.from({ length: 6 }, () => move(a, 'bia', '17')));
  expect(edits.map(({ status, body }) => `${status} ${body.code ?? ''}`).sort()).toEqual(['200 ', ...Array(5).fill('409 changed_meanwhile')]);

  const dye = await wishFor(app, { serviceIds: ['dye'], staffId: 'ana', startsAt: '2026-03-03T15:00:00.000Z' });
  const { body: booked } = await clientOf(app).book(dye(1));
  const page = (await clientOf(app).startPayment(booked.token)).body;
  const held = await see({ id: booked.appointments[0]?.id } as Appointment);
  app.sandbox.pay(clientOf(app).sessionOf(page));
  const [moved] = await Promise.all([move(held, 'ana', '18'), app.pass({ seconds: 1 })]);
  expect([200, 409]).toContain(moved.status);
  await app.pass({ seconds: 1 });
  expect(await see(held)).toMatchObject({ status: 'confirmed', paidMinor: 9000 });
  const { disagreements } = await auditEverything(app.payments);
  await app.close();
  expect(disagreements).toEqual([]);
});

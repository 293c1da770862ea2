import { expect, test } from 'vitest';
import { type NewWish, toAppointmentWish, whyNotYet } from './new-wish.ts';

const zone = 'Europe/Kyiv';
const full: NewWish = {
  client: { id: 'cli_1', name: 'Iryna' },
  isNew: false,
  name: '',
  phone: '',
  email: '',
  services: [{ serviceId: 'srv_cut', name: 'Haircut', costMinor: null }],
  staffId: 'stf_anna',
  day: '2026-11-21',
  time: '14:30',
  durationMinutes: null,
  comment: '',
};

test('a known client is booked by name alone', () => {
  expect(toAppointmentWish(full, zone, false)).toEqual({
    client: { clientId: 'cli_1' },
    staffId: 'stf_anna',
    startsAt: '2026-11-21T12:30:00.000Z',
    services: [{ serviceId: 'srv_cut', costMinor: null }],
    durationMinutes: null,
    comment: '',
    outsideHours: false,
  });
});

test('a new client needs a name; phone and e-mail may be missing', () => {
  const anew = { ...full, isNew: true };
  expect(whyNotYet({ ...anew, name: '  ' }, zone)).toBe('appointment.not_yet.client');
  expect(toAppointmentWish({ ...anew, name: ' Olha ' }, zone, true)?.client).toEqual({ name: 'Olha', phone: '', email: '' });
});

test('what is missing is said one after the other', () => {
  expect(whyNotYet({ ...full, client: null }, zone)).toBe('appointment.not_yet.client');
  expect(whyNotYet({ ...full, services: [] }, zone)).toBe('appointment.not_yet.services');
  expect(whyNotYet({ ...full, staffId: null }, zone)).toBe('appointment.not_yet.staff');
  expect(whyNotYet({ ...full, time: '' }, zone)).toBe('appointment.not_yet.time');
  expect(whyNotYet({ ...full, durationMinutes: 4 }, zone)).toBe('appointment.not_yet.length');
  expect(whyNotYet({ ...full, services: [{ serviceId: 's', name: 'S', costMinor: null, wrong: true }] }, zone)).toBe('appointment.not_yet.price');
  expect(whyNotYet(full, zone)).toBeUndefined();
});

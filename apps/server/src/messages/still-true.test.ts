import type { Booking } from '@holdfast/contract/booking';
import { expect, test } from 'vitest';
import { stillTrueOf } from './still-true.ts';

const now = new Date('2026-03-02T09:00:00Z');
type Appointment = Booking['appointments'][number];
const appointment = (more: Partial<Appointment>) =>
  ({ id: 'apt_1', status: 'waiting', prepayment: 'none', startsAt: '2026-03-03T09:00:00Z', paidMinor: 0, ...more }) as Appointment;
const booking = (appointments: Appointment[], more: Partial<Booking> = {}) =>
  ({ status: 'waiting', canPay: false, appointments, ...more }) as Booking;
const ids = (kind: Parameters<typeof stillTrueOf>[0], one: Booking, about?: string) => stillTrueOf(kind, one, about, now).map(({ id }) => id);

test('booked is not paid: who has paid gets the receipt and not both', () => {
  expect(ids('booked', booking([appointment({})]))).toEqual(['apt_1']);
  expect(ids('booked', booking([appointment({ status: 'confirmed', prepayment: 'paid', paidMinor: 500 })]))).toEqual([]);
  expect(ids('paid', booking([appointment({ status: 'confirmed', prepayment: 'paid', paidMinor: 500 })]))).toEqual(['apt_1']);
});

test('nobody hears "awaiting payment" who has paid, is being checked, or has lost the time', () => {
  const held = appointment({ status: 'held', prepayment: 'due' });
  expect(ids('awaiting_payment', booking([held], { status: 'held', canPay: true }))).toEqual(['apt_1']);
  expect(ids('awaiting_payment', booking([held], { status: 'checking', canPay: false }))).toEqual([]);
  expect(ids('awaiting_payment', booking([appointment({ status: 'confirmed' })], { status: 'confirmed', canPay: true }))).toEqual([]);
  expect(ids('awaiting_payment', booking([appointment({ status: 'expired' })], { status: 'expired' }))).toEqual([]);
});

test('a time that was restored is not said to be lost, and late money is not either', () => {
  expect(ids('expired', booking([appointment({ status: 'expired', prepayment: 'released' })]))).toEqual(['apt_1']);
  expect(ids('expired', booking([appointment({ status: 'confirmed', prepayment: 'paid' })]))).toEqual([]);
  expect(ids('expired', booking([appointment({ status: 'expired', prepayment: 'credited' })]))).toEqual([]);
});

test('nobody is reminded of a visit that was cancelled or has begun; of two only the one it is about', () => {
  expect(ids('reminder', booking([appointment({ status: 'cancelled' })]))).toEqual([]);
  expect(ids('reminder', booking([appointment({ startsAt: now.toISOString() })]))).toEqual([]);
  expect(ids('moved', booking([appointment({}), appointment({ id: 'apt_2' })]), 'apt_2')).toEqual(['apt_2']);
});

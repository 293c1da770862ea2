import type { Balance } from '@holdfast/contract/deposits';
import type { MyMemberships } from '@holdfast/contract/memberships';
import type { MyBookings, MyBookingsAsked } from '@holdfast/contract/my-bookings';
import { type Answer, ask, askBalance, type LocationAddress } from '../api.ts';

export interface Mine {
  readonly bookings: MyBookings;
  readonly memberships: MyMemberships;
  readonly balance: Balance;
}

/** Everything that goes with a phone that was confirmed for this draft. */
export async function askMine(at: LocationAddress, asked: MyBookingsAsked): Promise<Answer<Mine>> {
  const path = `/api/v1/locations/${encodeURIComponent(at.chain)}/${encodeURIComponent(at.location)}`;
  const [bookings, memberships, balance] = await Promise.all([
    ask<MyBookings>('POST', `${path}/my-bookings`, asked),
    ask<MyMemberships>('POST', `${path}/my-memberships`, asked),
    askBalance(at, asked),
  ]);
  if (!bookings.ok) return bookings;
  if (!memberships.ok) return memberships;
  if (!balance.ok) return balance;
  return { ok: true, value: { bookings: bookings.value, memberships: memberships.value, balance: balance.value } };
}

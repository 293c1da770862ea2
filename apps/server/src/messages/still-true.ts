import type { Booking } from '@holdfast/contract/booking';
import type { MessageKind } from '@holdfast/contract/message-kinds';

type Appointment = Booking['appointments'][number];

/**
 * Of which appointments is this still to be said, now that its moment has come? None: it is no longer true, and nothing is sent. `booked` is not `paid`, and
 * whoever has paid is not told that payment is awaited. `about`: the one appointment it is about; undefined: all of the booking.
 */
export function stillTrueOf(kind: MessageKind, booking: Booking, about: string | undefined, now: Date): readonly Appointment[] {
  const appointments = booking.appointments.filter(({ id }) => about === undefined || id === about);
  const toCome = ({ startsAt }: Appointment) => new Date(startsAt) > now;
  const stands = ({ status }: Appointment) => status === 'waiting' || status === 'confirmed';
  switch (kind) {
    case 'booked':
      return appointments.filter((one) => stands(one) && toCome(one) && one.prepayment !== 'paid');
    case 'awaiting_payment':
      // the client's part may be done: then there is nothing to remind of
      return booking.status === 'held' && booking.canPay ? appointments.filter(({ status }) => status === 'held') : [];
    case 'paid':
      return appointments.filter((one) => (stands(one) || one.status === 'arrived') && one.paidMinor > 0);
    case 'expired':
      return appointments.filter((one) => one.status === 'expired' && one.prepayment === 'released');
    case 'moved':
    case 'reminder':
      return appointments.filter((one) => stands(one) && toCome(one));
    case 'cancelled':
      return appointments.filter(({ status }) => status === 'cancelled');
    case 'payment_link':
      return appointments.filter(({ status }) => status !== 'cancelled' && status !== 'expired');
    case 'refund':
      return appointments;
    // what is not about a visit is asked about elsewhere
    case 'top_up_link':
    case 'receipt':
    case 'membership_bought':
    case 'membership_running_out':
    case 'phone_code':
    case 'waiting_joined':
    case 'waiting_offered':
    case 'waiting_taken':
    case 'waiting_lapsed':
    case 'waiting_moved':
    case 'waiting_over':
    case 'user_invited':
    case 'user_reset':
      return [];
  }
}

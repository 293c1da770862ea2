import type { Booking } from '@holdfast/contract/booking';
import { CancelBooking } from './cancel-booking.tsx';
import { RefundStates } from './refund-states.tsx';

export { LateMoney } from './late-money.tsx';
export { MoveVisit } from './move-visit.tsx';
export { OwnBalance } from './own-balance.tsx';

/** What goes back, cancelling and moving: a piece of its own, because whoever is booking does not need it yet. */
export function MoneyBack({
  booking,
  stands,
  onCancelled,
  onStale,
}: {
  booking: Booking;
  stands: boolean;
  onCancelled: (booking: Booking) => void;
  onStale: () => void;
}) {
  return (
    <>
      <RefundStates booking={booking} />
      {booking.canCancel && stands && <CancelBooking booking={booking} onCancelled={onCancelled} onStale={onStale} />}
    </>
  );
}

import type { Booking } from '@holdfast/contract/booking';
import { Notice } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

/** What became of money that is to go back. */
export function RefundStates({ booking }: { booking: Booking }) {
  const { say, money } = useWords();
  if (booking.refunds.length === 0) return null;
  return (
    <Notice tone="calm" title={say('refund.title')}>
      {booking.refunds.map(({ state, way, amountMinor, by }, index) => {
        const facts = { amount: money(amountMinor), by };
        const went = way ?? 'provider';
        return <p key={index}>{say(state === 'given_back' ? `refund.given_back.${went}` : `refund.${state}`, facts)}</p>;
      })}
    </Notice>
  );
}

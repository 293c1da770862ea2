import type { LocationPage } from '@holdfast/contract/location-page';
import { useWords, type Words } from '../words.tsx';

/** What cancelling costs, said before anything is paid. */
export function CancellationTerms({ cancellation }: { cancellation: LocationPage['location']['cancellation'] }) {
  const { say } = useWords();
  const { freeHours, latePercent } = cancellation;
  if (latePercent === 100) return <p>{say('terms.always_free')}</p>;
  return (
    <p>
      {freeHours > 0 ? say('terms.free_until', { count: freeHours }) : say('terms.free_until_start')} {lateText(latePercent, say)}{' '}
      {say('terms.by_hand')}
    </p>
  );
}

/** What comes back of a prepayment when it is too late for a free cancellation. */
export function lateText(latePercent: number, say: Words['say']): string {
  if (latePercent === 100) return '';
  return latePercent === 0 ? say('terms.late_nothing') : say('terms.late_part', { percent: latePercent });
}

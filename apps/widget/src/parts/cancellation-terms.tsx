import type { LocationPage } from '@holdfast/contract/location-page';
import { useWords } from '../words.tsx';

/** What cancelling costs, said before anything is paid. */
export function CancellationTerms({ cancellation }: { cancellation: LocationPage['location']['cancellation'] }) {
  const { say } = useWords();
  const { freeHours, latePercent } = cancellation;
  const late = latePercent === 0 ? say('terms.late_nothing') : latePercent === 100 ? '' : say('terms.late_part', { percent: latePercent });
  if (latePercent === 100) return <p>{say('terms.always_free')}</p>;
  return (
    <p>
      {freeHours > 0 ? say('terms.free_until', { count: freeHours }) : say('terms.free_until_start')} {late} {say('terms.by_hand')}
    </p>
  );
}

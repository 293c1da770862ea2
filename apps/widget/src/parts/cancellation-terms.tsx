import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import { useWords } from '../words.tsx';

/** What cancelling costs, said before anything is paid. */
export function CancellationTerms({ policy }: { policy: CancellationPolicy }) {
  const { say } = useWords();
  const { steps, afterPercent } = policy;
  if (steps.length === 0 && afterPercent === 100) return <p>{say('terms.always_free')}</p>;
  const until = ({ hours, percent }: CancellationPolicy['steps'][number]) => {
    if (percent === 100) return hours > 0 ? say('terms.free_until', { count: hours }) : say('terms.free_until_start');
    return hours > 0 ? say('terms.part_until', { count: hours, percent }) : say('terms.part_until_start', { percent });
  };
  const late = afterPercent === 0 ? say('terms.late_nothing') : say('terms.late_part', { percent: afterPercent });
  const parts = [...steps.map(until), ...(steps.length > 0 && afterPercent === 100 ? [] : [late]), say('terms.by_hand')];
  return <p>{[...parts, ...(policy.cancelOnline.prepaid === null ? [say('terms.call')] : [])].join(' ')}</p>;
}

import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { Words } from '../words.tsx';

/** The sentence clients read before they pay, in the language of whoever looks. */
export function sayPolicy({ steps, afterPercent, noShowPercent, cancelOnline }: CancellationPolicy, { say }: Pick<Words, 'say'>): string {
  const said = steps.map(({ hours, percent }) =>
    hours === 0 ? say('refunds.policy.say.start', { percent }) : say('refunds.policy.say.until', { hours, percent }),
  );
  const always = steps.length === 0;
  const after =
    afterPercent === 0
      ? say(always ? 'refunds.policy.say.never' : 'refunds.policy.say.nothing')
      : say(always ? 'refunds.policy.say.always' : 'refunds.policy.say.after', { percent: afterPercent });
  const absent = noShowPercent > 0 ? [say('refunds.policy.say.no_show', { percent: noShowPercent })] : [];
  const call = cancelOnline.prepaid === null ? [say('refunds.policy.say.call')] : [];
  return [...said, after, ...absent, ...call].join(' ');
}

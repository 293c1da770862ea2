import type { ProblemCode } from '@holdfast/contract/problem';
import type { Trouble } from '../api.ts';
import { type TextKey, useWords, type Words } from '../words.tsx';
import { Notice } from './notice.tsx';

/** The refusals that have words of their own; the rest share a polite one with the request's id. */
const refusals: Partial<Record<ProblemCode, TextKey>> = {
  too_many_holds: 'trouble.too_many_holds',
  too_many_requests: 'trouble.too_many_requests',
  payment_unavailable: 'trouble.payment_unavailable',
  provider_unreachable: 'trouble.provider_unreachable',
  payment_in_progress: 'trouble.payment_in_progress',
  nothing_to_pay: 'trouble.nothing_to_pay',
  hold_run_out: 'trouble.hold_run_out',
  too_late_to_cancel: 'trouble.too_late_to_cancel',
  step_not_allowed: 'trouble.step_not_allowed',
  choice_already_made: 'trouble.choice_already_made',
  time_taken: 'time.taken',
  time_not_offered: 'time.taken',
  invalid_phone: 'details.phone_wrong',
  not_found: 'trouble.not_found',
  not_enough_on_account: 'balance.less',
};

export function troubleText(trouble: Trouble, words: Words): string {
  switch (trouble.kind) {
    case 'offline':
      return words.say('trouble.offline');
    case 'timeout':
      return words.say('trouble.timeout');
    case 'broken':
      return words.say('trouble.broken', { id: trouble.requestId || '–' });
    case 'refused': {
      const key = refusals[trouble.code];
      if (!key) return words.say('trouble.refused', { id: trouble.requestId });
      const { retryAt, mostPlaces } = trouble.detail;
      if (typeof mostPlaces === 'number') return words.say('trouble.too_many_places', { places: mostPlaces });
      return words.say(key, { time: typeof retryAt === 'string' ? words.time(retryAt) : '' });
    }
  }
}

export function TroubleNotice({ trouble, retry }: { trouble: Trouble; retry?: (() => void) | undefined }) {
  const words = useWords();
  const title = trouble.kind === 'offline' ? 'trouble.offline_title' : trouble.kind === 'refused' ? 'trouble.refused_title' : 'trouble.title';
  return (
    <Notice tone="bad" title={words.say(title)}>
      <p>{troubleText(trouble, words)}</p>
      {retry && (
        <button type="button" class="button button-quiet" onClick={retry}>
          {words.say('trouble.retry')}
        </button>
      )}
    </Notice>
  );
}

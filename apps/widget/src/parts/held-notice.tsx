import { ours } from '../api.ts';
import type { BookingDraft } from '../booking-draft.ts';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';
import { Notice } from './notice.tsx';

/** The draft already holds a time: the way to pay for it stays in sight while the client looks for another. */
export function HeldNotice({ made }: { made: BookingDraft['made'] }) {
  const { say, time } = useWords();
  const now = useServerNow(5000);
  if (!made?.holdExpiresAt || Date.parse(made.holdExpiresAt) <= now) return null;
  return (
    <Notice tone="calm" title={say('hold.still_yours', { time: time(made.holdExpiresAt) })}>
      <p>{say('hold.moving_text')}</p>
      <a class="button button-quiet" href={ours(`/b/${made.token}`)}>
        {say('hold.back_to_it')}
      </a>
    </Notice>
  );
}

import type { Booking } from '@holdfast/contract/booking';
import type { Scene } from '@holdfast/contract/what-to-show';
import { calendarFile, ours } from '../api.ts';
import { loadDraft } from '../draft-storage.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useWords } from '../words.tsx';

const holdMinutes = 15;
const icons: Record<Scene, IconName> = {
  held: 'clock',
  run_out: 'clock',
  checking: 'card',
  waiting: 'check',
  confirmed: 'check',
  expired: 'clock',
  cancelled: 'cross',
  needs_choice: 'alert',
  mixed: 'alert',
};

interface Props {
  scene: Scene;
  booking: Booking;
  paying: boolean;
  onPay: () => void;
  onRunOut: () => void;
}

/** What has happened, in one sentence, and the one or two things to do about it. */
export function SceneHead({ scene, booking, paying, onPay, onRunOut }: Props) {
  const { say, money } = useWords();
  const facts = {
    name: booking.client.name,
    amount: money(scene === 'confirmed' || scene === 'mixed' ? booking.paidMinor : booking.dueMinor),
    credit: money(booking.appointments.reduce((sum, { creditMinor }) => sum + creditMinor, 0)),
    phone: booking.location.phone,
  };
  const standing = scene === 'confirmed' || scene === 'waiting';
  return (
    <section class={`scene scene-${scene}`} aria-busy={scene === 'checking'}>
      <span class="scene-sign">
        <Icon name={icons[scene]} />
      </span>
      <StepTitle focusKey={scene}>{say(`scene.${scene}.title`, facts)}</StepTitle>
      <p class="lead" role="status">
        {say(lead(scene, booking), facts)}
      </p>
      {scene === 'checking' && <div class="progress-line" aria-hidden="true" />}
      {scene === 'held' && booking.holdExpiresAt && <Countdown expiresAt={booking.holdExpiresAt} ofMinutes={holdMinutes} onEnd={onRunOut} />}
      <div class="scene-tools">
        {booking.canPay && (scene === 'held' || scene === 'waiting' || scene === 'mixed') && (
          <button type="button" class="button button-main" aria-disabled={paying} aria-busy={paying} onClick={() => !paying && onPay()}>
            {say('hold.pay_amount', { amount: money(booking.dueMinor) })}
          </button>
        )}
        {scene === 'held' && (
          <a class="button button-quiet" href={chooseAgainUrl(booking)}>
            {say('hold.other_time')}
          </a>
        )}
        {(scene === 'run_out' || scene === 'expired') && (
          <a class="button button-main" href={chooseAgainUrl(booking)}>
            {say('hold.choose_again')}
          </a>
        )}
        {scene === 'cancelled' && (
          <a class="button button-main" href={booking.bookAgainUrl}>
            {say('scene.book_again')}
          </a>
        )}
        {standing && (
          <a class="button button-quiet" href={calendarFile(booking.token)} download>
            <Icon name="calendar" />
            {say('scene.add_to_calendar')}
          </a>
        )}
        {(booking.paidMinor > 0 || scene === 'cancelled') && (
          <a class="button button-quiet" href={ours(`/b/${booking.token}/receipts`)}>
            {say('scene.receipts')}
          </a>
        )}
        {standing && (
          <a class="button button-quiet" href={booking.bookAgainUrl}>
            {say('scene.book_more')}
          </a>
        )}
      </div>
    </section>
  );
}

function lead(scene: Scene, { status, dueMinor }: Booking) {
  if (scene === 'waiting' && dueMinor > 0) return 'scene.waiting.text_due';
  if (scene === 'checking' && (status === 'expired' || status === 'cancelled')) return 'scene.checking.text_late';
  return `scene.${scene}.text` as const;
}

/** In the tab where the booking was made the draft is still there: straight to the times, with everything typed. */
function chooseAgainUrl(booking: Booking): string {
  const at = { chain: booking.chain.slug, location: booking.location.slug };
  if (loadDraft(at).made?.token === booking.token)
    return ours(`/book/${at.chain}/${at.location}?${new URLSearchParams({ link: booking.link.slug })}#time`);
  const [first] = booking.appointments;
  const url = new URL(booking.bookAgainUrl);
  if (first?.eventId) url.searchParams.set('event', first.eventId);
  else if (first) {
    url.searchParams.set('service', first.services.map(({ serviceId }) => serviceId).join(','));
    url.searchParams.set('staff', first.anyStaff ? 'any' : first.staffId);
  }
  return url.href;
}

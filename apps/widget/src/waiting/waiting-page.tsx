import type { LocationPage } from '@holdfast/contract/location-page';
import { linesOfWish, priceOfOffer, sentencesOf, wayBack } from '@holdfast/contract/say-waiting';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { useEffect } from 'preact/hooks';
import { ours } from '../api.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';
import { GoAway } from './go-away.tsx';
import { OfferCountdown } from './offer-countdown.tsx';
import { TakeOffer } from './take-offer.tsx';
import { useEntry } from './use-entry.ts';

const icons: Record<WaitingEntry['status'], IconName> = {
  waiting: 'people',
  offered: 'alert',
  taken: 'check',
  lapsed: 'clock',
  withdrawn: 'cross',
  over: 'cross',
};

/** Where somebody stands in line, and everything they may do about it. */
export function WaitingPage({ initial, page }: { initial: WaitingEntry; page: LocationPage }) {
  const words = useWords();
  const around = useSurroundings();
  const { say, when } = words;
  const { entry, take, look, trouble } = useEntry(initial);
  const { status, offer } = entry;
  const live = status === 'waiting' || status === 'offered';
  const price = priceOfOffer(entry, words);
  const title = say(`waiting.title.${status}`, { number: (entry.ahead?.parties ?? 0) + 1 });

  useEffect(() => around.title(`${title} · ${entry.chain.name}`), [title]);

  return (
    <div class="own">
      <section class={`scene scene-line scene-line-${status}`}>
        <span class="scene-sign">
          <Icon name={icons[status]} />
        </span>
        <StepTitle focusKey={status}>{title}</StepTitle>
        <div role="status">
          {sentencesOf(entry, page, words).map((one) => (
            <p key={one} class="lead">
              {one}
            </p>
          ))}
        </div>
        {offer && <OfferCountdown until={offer.until} onEnd={() => void look()} />}
        <div class="scene-tools">
          {entry.booking && (
            <a class="button button-main" href={ours(`/b/${entry.booking.token}`)}>
              {say('waiting.open_booking')}
            </a>
          )}
          {(status === 'lapsed' || status === 'withdrawn') && (
            <a class="button button-main" href={ours(wayBack(entry))}>
              {say('waiting.again')}
            </a>
          )}
          {status === 'over' && (
            <a class="button button-main" href={ours(wayBack({ ...entry, event: null, day: null }))}>
              {say('waiting.others')}
            </a>
          )}
        </div>
      </section>
      {trouble && <TroubleNotice trouble={trouble} retry={() => void look()} />}
      <article class="card">
        <h2>{say(offer ? 'waiting.offered' : 'waiting.for')}</h2>
        <ul class="line-wish">
          {linesOfWish(entry, words).map((one) => (
            <li key={one}>
              <bdi>{one}</bdi>
            </li>
          ))}
          {offer && entry.day && (
            <li>
              <strong>
                <bdi>{when(offer.startsAt)}</bdi>, {say('card.with', { staff: offer.staffName })}
              </strong>
            </li>
          )}
        </ul>
        {price && <p class="line-price">{price}</p>}
        {status === 'offered' && <TakeOffer entry={entry} page={page} onStale={() => void look()} />}
      </article>
      {live && (
        <div class="line-away">
          {status === 'offered' && <GoAway how="pass" entry={entry} onGone={take} onStale={() => void look()} />}
          {status === 'waiting' && <GoAway how="leave" entry={entry} onGone={take} onStale={() => void look()} />}
        </div>
      )}
    </div>
  );
}

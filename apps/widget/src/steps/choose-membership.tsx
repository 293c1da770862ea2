import type { ServiceOffer } from '@holdfast/contract/location-page';
import type { MembershipCover } from '@holdfast/contract/memberships';
import { lastDay, visitsLeft } from '@holdfast/contract/say-membership';
import { useEffect, useState } from 'preact/hooks';
import { askCover, refusalCode, type Trouble } from '../api.ts';
import { phoneAsked } from '../booking-draft.ts';
import { coverKey, isCovered } from '../cover.ts';
import { BuyMembership } from '../memberships/buy-membership.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { wishedAppointments, wishedEvent } from '../wish.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

/** What the client's memberships cover of what is chosen; where one is needed and there is none, one is bought here. */
export default function ChooseMembership({ page, at, draft, dispatch, goTo }: LaterStepProps) {
  const { say } = useWords();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);
  const key = coverKey(draft);
  const phone = phoneAsked(draft);
  const cover = draft.cover?.key === key ? draft.cover.services : null;

  // asked each time somebody comes here: a membership may have been bought, or its last visit used
  useEffect(() => {
    if (!phone?.proof) return;
    let left = false;
    setTrouble(null);
    const event = wishedEvent(draft);
    const appointments = wishedAppointments(draft).map(({ serviceIds, startsAt }) => ({ serviceIds, startsAt }));
    void askCover(at, { draftId: draft.draftId, phone: phone.typed, phoneConfirmation: phone.proof, appointments, ...(event ? { event } : {}) }).then(
      (answer) => {
        if (left) return;
        if (answer.ok) return dispatch({ type: 'cover_known', cover: { key, services: answer.value.services } });
        if (refusalCode(answer.trouble) !== 'phone_not_confirmed') return setTrouble(answer.trouble);
        dispatch({ type: 'phone_asked', phone: null });
        goTo('phone');
      },
    );
    return () => {
      left = true;
    };
  }, [key, round]);

  const uncovered = (cover ?? []).filter(({ membership }) => !membership);
  const needed = uncovered.filter(({ serviceId }) => useOf(serviceId) === 'members');
  const title = needed.length > 0 ? 'membership.title_needed' : 'membership.title';

  function useOf(serviceId: string): ServiceOffer['membership'] | undefined {
    return draft.event ? draft.event.membership : page.services.find(({ id }) => id === serviceId)?.membership;
  }

  return (
    <section>
      <StepTitle focusKey="membership">{say(title)}</StepTitle>
      {!cover && !trouble && <div class="bone bone-block" role="status" aria-label={say('page.loading')} />}
      {trouble && <TroubleNotice trouble={trouble} retry={() => setRound(round + 1)} />}
      {needed.length > 0 && (
        <Notice tone="calm">{say(needed.some(({ reason }) => reason !== 'none') ? 'membership.needed_other' : 'membership.needed')}</Notice>
      )}
      {cover?.map((one) => (
        <CoverLine
          key={`${one.line}/${one.serviceId}`}
          one={one}
          name={(draft.event ? draft.event.title : page.services.find(({ id }) => id === one.serviceId)?.name) ?? ''}
          mayPay={useOf(one.serviceId) === 'either'}
          covered={isCovered(draft, one.line, one.serviceId)}
          onCover={(on) => dispatch({ type: 'cover_chosen', index: one.line, serviceId: one.serviceId, on })}
        />
      ))}
      {phone?.proof && uncovered.length > 0 && (
        <BuyMembership
          at={at}
          page={page}
          buyer={{ draftId: draft.draftId, phone: phone.typed, proof: phone.proof, name: draft.contact.name, email: draft.contact.email }}
          forServices={uncovered.map(({ serviceId }) => serviceId)}
        />
      )}
    </section>
  );
}

type Covering = MembershipCover['services'][number];

interface LineProps {
  one: Covering;
  name: string;
  /** It can be paid for as well. */
  mayPay: boolean;
  covered: boolean;
  onCover: (on: boolean) => void;
}

/** One service: by which membership, or why by none; and where both are possible, the client says which. */
function CoverLine({ one: { line, serviceId, membership, reason }, name, mayPay, covered, onCover }: LineProps) {
  const words = useWords();
  const { say } = words;
  const why = reason ?? 'none';
  if (!membership) {
    return (
      <div class="pay-line">
        <span class="choice-body">
          <span class="choice-name">{name}</span>
          <span class="choice-text">{say(`membership.not.${why}`)}</span>
          {mayPay && <span class="choice-text">{say('membership.pay_instead')}</span>}
        </span>
      </div>
    );
  }
  const until = membership.endsAt && say('membership.until', { day: lastDay(words, membership.endsAt) });
  const by = (
    <>
      <span class="choice-name">{say('membership.covered_by', { name: membership.name })}</span>
      <span class="choice-text">{[visitsLeft(words, membership), until].filter(Boolean).join(' · ')}</span>
    </>
  );
  const group = `cover-${line}-${serviceId}`;
  return (
    <fieldset class="group">
      <legend>
        <h2>{name}</h2>
      </legend>
      {mayPay ? (
        <>
          <Way group={group} chosen={covered} onChoose={() => onCover(true)} children={by} />
          <Way group={group} chosen={!covered} onChoose={() => onCover(false)} children={<span class="choice-name">{say('membership.pay')}</span>} />
        </>
      ) : (
        <div class="choice" data-chosen data-fixed>
          <span class="tick" aria-hidden="true">
            <Icon name="check" />
          </span>
          <span class="choice-body">{by}</span>
        </div>
      )}
    </fieldset>
  );
}

function Way({ group, chosen, onChoose, children }: { group: string; chosen: boolean; onChoose: () => void; children: preact.ComponentChildren }) {
  return (
    <label class="choice" data-chosen={chosen}>
      <input type="radio" class="choice-input" name={group} checked={chosen} onChange={onChoose} />
      <span class="tick" aria-hidden="true">
        <Icon name="check" />
      </span>
      <span class="choice-body">{children}</span>
    </label>
  );
}

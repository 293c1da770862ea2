import { useEffect, useState } from 'preact/hooks';
import { phoneAsked } from '../booking-draft.ts';
import { happened } from '../happenings.ts';
import { keepSignIn } from '../my-bookings/sign-in.ts';
import { EnterCode, isolated } from '../parts/enter-code.tsx';
import { Notice } from '../parts/notice.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { phoneIsForMembership, wayOf } from '../steps-path.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

/** Whoever books shows that the phone is theirs: a code is sent to it when the step is come to, and again at their word. */
export default function ConfirmPhone({ page, at, draft, dispatch, facts, quote, goOn, goTo }: LaterStepProps) {
  const { say } = useWords();
  const asked = phoneAsked(draft);
  const voluntary = phoneIsForMembership(facts);
  const [wanted, setWanted] = useState(!voluntary);
  const [justConfirmed, setJustConfirmed] = useState(false);
  // the code may be quicker than the deal, after a reload for one
  useEffect(() => {
    if (!justConfirmed || !quote) return;
    setJustConfirmed(false);
    // where nothing is paid, booking is a step of the client's own
    if (wayOf(facts).at(-1) !== 'phone') goOn();
  }, [justConfirmed, quote]);

  if (voluntary && !asked && !wanted) {
    return (
      <section>
        <StepTitle focusKey="membership-question">{say('membership.question')}</StepTitle>
        <p class="lead">{say('membership.question_text')}</p>
        <button type="button" class="button button-quiet" onClick={() => setWanted(true)}>
          {say('membership.use_one')}
        </button>
      </section>
    );
  }
  const confirmed = (proof: string) => {
    dispatch({ type: 'phone_confirmed', proof });
    if (asked) keepSignIn(at, { draftId: draft.draftId, asked: { ...asked, proof } });
    happened({ kind: 'told', name: 'phone_confirmed', page, once: `phone/${draft.draftId}` });
    setJustConfirmed(true);
  };
  const goWithout = () => {
    setWanted(false);
    dispatch({ type: 'phone_asked', phone: null });
  };
  return (
    <section>
      <StepTitle focusKey="phone">{say('phone.title')}</StepTitle>
      {asked?.proof ? (
        <Notice tone="good" title={say('phone.confirmed', { phone: isolated(asked.shown) })} />
      ) : (
        <EnterCode
          at={at}
          draftId={draft.draftId}
          phone={draft.contact.phone.trim()}
          callUs={page.location.phone}
          asked={asked}
          onAsked={(phone) => dispatch({ type: 'phone_asked', phone })}
          onConfirmed={confirmed}
        />
      )}
      <div class="ways">
        <button type="button" class="button button-quiet" onClick={() => goTo('details')}>
          {say('phone.change')}
        </button>
        {draft.balanceWanted && !asked?.proof && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              dispatch({ type: 'balance_wanted', wanted: false });
              goTo('payment');
            }}
          >
            {say('balance.without')}
          </button>
        )}
        {voluntary && asked && !asked.proof && (
          <button type="button" class="button button-quiet" onClick={goWithout}>
            {say('membership.use_none')}
          </button>
        )}
      </div>
    </section>
  );
}

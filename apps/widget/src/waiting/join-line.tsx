import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { useState } from 'preact/hooks';
import { refusalCode } from '../api.ts';
import type { PhoneAsked } from '../booking-draft.ts';
import { contactFaults } from '../check-contact.ts';
import { newDraftId } from '../draft-storage.ts';
import { ContactForm } from '../parts/contact-form.tsx';
import { EnterCode } from '../parts/enter-code.tsx';
import { Notice } from '../parts/notice.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { policyOfDraft } from '../policy-of-draft.ts';
import type { StepProps } from '../steps/step-props.ts';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';
import { ChoosePromise } from './choose-promise.tsx';
import { HowItWorks } from './how-it-works.tsx';
import { type DayWish, dayFaults, joiningOf, type Line, needsCode, promisesFor } from './lines.ts';
import { useJoining } from './use-joining.ts';
import { WishForDay } from './wish-for-day.tsx';
import { WishForEvent } from './wish-for-event.tsx';

export interface JoinProps extends StepProps {
  line: Line;
  onBack: () => void;
}

/** How somebody comes to stand in line: what for, who they are, and how it goes on. What is typed here is the booking's contact too. */
export default function JoinLine({ page, at, draft, dispatch, line, onBack }: JoinProps) {
  const { say, language, money } = useWords();
  const around = useSurroundings();
  const [draftId] = useState(newDraftId);
  const [places, setPlaces] = useState(line.kind === 'event' ? line.places : 1);
  const [wish, setWish] = useState<DayWish>(line.kind === 'day' ? line : nothingWished);
  const [promise, setPromise] = useState<WaitingPromise>('pay');
  const [showFaults, setShowFaults] = useState(false);
  const [coding, setCoding] = useState(false);
  const [phone, setPhone] = useState<PhoneAsked | null>(null);
  const { busy, trouble, said, capacity, joinDay, joinEvent } = useJoining(at, page, ({ token }) => around.goTo(`/waiting/${token}`));
  const { contact } = draft;
  const typed = contact.phone.trim();
  const asked = phone?.typed === typed ? phone : null;
  const tooMany = capacity !== null && places > capacity;
  const wished: Line = line.kind === 'event' ? { ...line, places } : { ...line, ...wish };
  // with another team member there may be fewer ways
  const by = promisesFor(page, wished).includes(promise) ? promise : 'pay';
  const wrong = line.kind === 'day' && showFaults ? dayFaults(wish, page.location) : [];
  const refusedPhone = trouble !== null && refusalCode(trouble) === 'invalid_phone';

  const join = (proof = asked?.proof) => {
    setCoding(false);
    const joining = joiningOf(page, draft, { draftId, language, proof });
    void (wished.kind === 'day' ? joinDay(joining, wished, by) : joinEvent(joining, wished, by));
  };
  const submit = () => {
    setShowFaults(true);
    const [first] = Object.keys(contactFaults(contact, page.widget));
    if (line.kind === 'day' && dayFaults(wish, page.location).length > 0) return around.stage.querySelector<HTMLElement>('#field-day')?.focus();
    if (first) return around.focusField(first);
    if (busy || tooMany) return;
    if (needsCode(page.widget, line, by) && !asked?.proof) return setCoding(true);
    join();
  };
  const confirmed = (proof: string) => {
    setPhone(asked && { ...asked, proof });
    join(proof);
  };

  if (coding)
    return (
      <section class="join">
        <StepTitle focusKey="join-code">{say('phone.title')}</StepTitle>
        <EnterCode at={at} draftId={draftId} phone={typed} callUs={page.location.phone} asked={asked} onAsked={setPhone} onConfirmed={confirmed} />
        <button type="button" class="button button-quiet" onClick={() => setCoding(false)}>
          {say('phone.change')}
        </button>
      </section>
    );
  return (
    <section class="join">
      <StepTitle focusKey="join">{say(line.kind === 'event' ? 'join.title' : 'join.title_day')}</StepTitle>
      {line.kind === 'event' ? (
        <WishForEvent event={line.event} places={places} capacity={capacity} tooMany={tooMany} onPlaces={setPlaces} />
      ) : (
        <WishForDay page={page} serviceIds={line.serviceIds} wish={wish} faults={wrong} onWish={setWish} />
      )}
      <ChoosePromise line={wished} page={page} chosen={by} onChoose={setPromise} />
      <HowItWorks offerMinutes={page.location.offerMinutes} ofEvent={line.kind === 'event'} />
      <h2 class="join-who">{say('join.who')}</h2>
      <ContactForm
        page={page}
        contact={contact}
        faults={{ ...(refusedPhone ? { phone: 'details.phone_wrong' } : {}), ...(showFaults ? contactFaults(contact, page.widget) : {}) }}
        policy={line.kind === 'event' ? (line.event.cancellation ?? page.location.cancellation) : policyOfDraft(page, draft)}
        onType={(change) => dispatch({ type: 'contact_typed', change })}
        onSubmit={submit}
      />
      {said && (
        <Notice tone="warn" title={say(said.key, { amount: money(said.amountMinor ?? 0) })}>
          {said.key === 'join.already_there' && <p>{say('join.already_there_text')}</p>}
        </Notice>
      )}
      {trouble && !refusedPhone && <TroubleNotice trouble={trouble} retry={submit} />}
      <div class="join-tools">
        <button type="button" class="button button-quiet" onClick={onBack}>
          {say('join.back')}
        </button>
        <button type="button" class="button button-main" aria-disabled={busy} aria-busy={busy} onClick={submit}>
          {say(line.kind === 'event' ? 'join.title' : 'join.title_day')}
        </button>
      </div>
    </section>
  );
}

const nothingWished: DayWish = { day: '', staff: 'any', from: '', to: '' };

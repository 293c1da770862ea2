import { digitsOf } from '@holdfast/contract/code-digits';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askPhoneCode, type Trouble, tryPhoneCode } from '../api.ts';
import { phoneAsked } from '../booking-draft.ts';
import { happened } from '../happenings.ts';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { faultOfCode, tooManyCodes } from '../phone-code.ts';
import { setServerNow, useServerNow } from '../server-clock.ts';
import { phoneIsForMembership, wayOf } from '../steps-path.ts';
import { useIncomingCode } from '../use-incoming-code.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

/** Whoever books shows that the phone is theirs: a code is sent to it when the step is come to, and again at their word. */
export default function ConfirmPhone({ page, at, draft, dispatch, facts, goOn, goTo }: LaterStepProps) {
  const { say, language } = useWords();
  const typed = draft.contact.phone.trim();
  const asked = phoneAsked(draft);
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const voluntary = phoneIsForMembership(facts);
  const [wanted, setWanted] = useState(!voluntary);

  const send = async () => {
    setBusy(true);
    setTrouble(null);
    setFault(undefined);
    const answer = await askPhoneCode(at, { draftId: draft.draftId, phone: typed, language });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    setServerNow(answer.value.now);
    setCode('');
    dispatch({ type: 'phone_asked', phone: { typed, shown: answer.value.phone, resendAt: answer.value.resendAt } });
  };
  const confirm = async (digits: string) => {
    if (busy) return;
    setTrouble(null);
    if (digits.length !== 6) return setFault(say('phone.code_needed'));
    setBusy(true);
    setFault(undefined);
    const answer = await tryPhoneCode(at, { draftId: draft.draftId, phone: typed, code: digits });
    setBusy(false);
    if (answer.ok) {
      dispatch({ type: 'phone_confirmed', proof: answer.value.proof });
      happened({ kind: 'told', name: 'phone_confirmed', page, once: `phone/${draft.draftId}` });
      // where nothing is paid, booking is a step of the client's own
      if (wayOf(facts).at(-1) !== 'phone') goOn();
      return;
    }
    const wrong = faultOfCode(answer.trouble);
    if (!wrong) return setTrouble(answer.trouble);
    setFault(say(wrong.key, { count: wrong.triesLeft }));
    form.current?.querySelector('input')?.focus();
  };
  const type = (text: string) => {
    const digits = digitsOf(text);
    setCode(digits);
    setFault(undefined);
    if (digits.length === 6 && digits !== code) void confirm(digits);
  };

  useEffect(() => {
    if (!asked && wanted) void send();
  }, [asked === null, typed, wanted]);
  useIncomingCode(asked !== null && asked.proof === undefined, type);

  const refused = trouble && tooManyCodes(trouble);
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
  return (
    <section>
      <StepTitle focusKey="phone">{say('phone.title')}</StepTitle>
      {asked?.proof ? (
        <Notice tone="good" title={say('phone.confirmed', { phone: isolated(asked.shown) })} />
      ) : (
        <form
          ref={form}
          class="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void confirm(code);
          }}
        >
          <p class="lead" role="status">
            {asked ? say('phone.sent', { phone: isolated(asked.shown) }) : say('phone.sending')}
          </p>
          {asked && (
            <>
              <Field
                name="code"
                label={say('phone.code')}
                hint={say('phone.code_hint')}
                value={code}
                fault={fault}
                onValue={type}
                input={{ inputMode: 'numeric', autocomplete: 'one-time-code', pattern: '[0-9]*', maxLength: 12, required: true, dir: 'ltr' }}
              />
              <Resend resendAt={asked.resendAt} busy={busy} onSend={() => void send()} />
            </>
          )}
        </form>
      )}
      {refused && <Notice tone="warn" title={say(refused.key)} children={<TryLater retryAt={refused.retryAt} phone={page.location.phone} />} />}
      {trouble && !refused && <TroubleNotice trouble={trouble} retry={asked ? undefined : () => void send()} />}
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
        <button
          type="button"
          class="button button-quiet"
          onClick={() => {
            setWanted(false);
            dispatch({ type: 'phone_asked', phone: null });
          }}
        >
          {say('membership.use_none')}
        </button>
      )}
    </section>
  );
}

/** When another code can be had, on the server's clock: a device may be hours off. */
function Resend({ resendAt, busy, onSend }: { resendAt: string; busy: boolean; onSend: () => void }) {
  const { say } = useWords();
  const seconds = Math.max(0, Math.ceil((Date.parse(resendAt) - useServerNow(500)) / 1000));
  const waits = seconds > 0 || busy;
  return (
    <p>
      <button type="button" class="button button-quiet" aria-disabled={waits} onClick={() => waits || onSend()}>
        {seconds > 0 ? say('phone.resend_in', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` }) : say('phone.resend')}
      </button>
    </p>
  );
}

function TryLater({ retryAt, phone }: { retryAt: string | null; phone: string }) {
  const { say, when } = useWords();
  return (
    <>
      {retryAt && <p>{say('phone.try_after', { time: when(retryAt) })}</p>}
      {phone && (
        <p>
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`} dir="ltr">
            {phone}
          </a>
        </p>
      )}
    </>
  );
}

/** A number keeps its own order in a right-to-left sentence. */
function isolated(phone: string): string {
  return `\u2066${phone}\u2069`;
}

import { digitsOf } from '@holdfast/contract/code-digits';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askPhoneCode, type LocationAddress, type Trouble, tryPhoneCode } from '../api.ts';
import type { PhoneAsked } from '../booking-draft.ts';
import { faultOfCode, tooManyCodes } from '../phone-code.ts';
import { setServerNow, useServerNow } from '../server-clock.ts';
import { useIncomingCode } from '../use-incoming-code.ts';
import { useWords } from '../words.tsx';
import { Field } from './field.tsx';
import { Notice } from './notice.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

interface Props {
  at: LocationAddress;
  /** What the phone is confirmed for. */
  draftId: string;
  /** As it was typed. */
  phone: string;
  /** Where to call when no code comes. */
  callUs: string;
  /** The code that is under way for this phone; null: one is sent now. */
  asked: PhoneAsked | null;
  onAsked: (asked: PhoneAsked) => void;
  onConfirmed: (proof: string) => void;
  children?: ComponentChildren;
}

/** Sends a code to a phone, and takes it when it is typed, pasted or filled in by the phone itself. */
export function EnterCode({ at, draftId, phone, callUs, asked, onAsked, onConfirmed, children }: Props) {
  const { say, language } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async () => {
    setBusy(true);
    setTrouble(null);
    setFault(undefined);
    const answer = await askPhoneCode(at, { draftId, phone, language });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    setServerNow(answer.value.now);
    setCode('');
    onAsked({ typed: phone, shown: answer.value.phone, resendAt: answer.value.resendAt });
  };
  const confirm = async (digits: string) => {
    if (busy) return;
    setTrouble(null);
    if (digits.length !== 6) return setFault(say('phone.code_needed'));
    setBusy(true);
    setFault(undefined);
    const answer = await tryPhoneCode(at, { draftId, phone, code: digits });
    setBusy(false);
    if (answer.ok) return onConfirmed(answer.value.proof);
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
    if (!asked) void send();
  }, [asked === null, phone]);
  useIncomingCode(asked !== null && asked.proof === undefined, type);

  const refused = trouble && tooManyCodes(trouble);
  return (
    <>
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
      {refused && <Notice tone="warn" title={say(refused.key)} children={<TryLater retryAt={refused.retryAt} phone={callUs} />} />}
      {trouble && !refused && <TroubleNotice trouble={trouble} retry={asked ? undefined : () => void send()} />}
      {children}
    </>
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
export function isolated(phone: string): string {
  return `\u2066${phone}\u2069`;
}

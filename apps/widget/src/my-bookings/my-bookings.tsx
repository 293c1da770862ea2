import type { LocationPage } from '@holdfast/contract/location-page';
import { useEffect, useState } from 'preact/hooks';
import type { LocationAddress } from '../api.ts';
import { EnterCode } from '../parts/enter-code.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';
import { BookingList } from './booking-list.tsx';
import { forgetSignIn, keepSignIn, loadSignIn, type SignIn } from './sign-in.ts';

/** Everything booked with one telephone: whoever shows that it is theirs sees it. */
export default function MyBookings({ page, at }: { page: LocationPage; at: LocationAddress }) {
  const { say } = useWords();
  const around = useSurroundings();
  const [signIn, setSignIn] = useState(() => loadSignIn(at));
  const [phone, setPhone] = useState(signIn.asked?.typed ?? '');
  /** A number that a code is to be sent to; empty: it is still being typed. */
  const [wanted, setWanted] = useState(signIn.asked?.typed ?? '');
  const [fault, setFault] = useState<string>();
  const [runOut, setRunOut] = useState(false);

  useEffect(() => around.title(`${say('my.title')} · ${page.chain.name}`), [say]);

  const take = (next: SignIn) => {
    keepSignIn(at, next);
    setSignIn(next);
  };
  const leave = (because?: 'run_out') => {
    setSignIn(forgetSignIn(at));
    setRunOut(because === 'run_out');
    setWanted('');
    if (!because) setPhone('');
  };
  const submit = () => {
    const digits = phone.replace(/\D/g, '').length;
    if (digits < 6 || digits > 15) return setFault(say(phone.trim() === '' ? 'details.phone_needed' : 'details.phone_wrong'));
    setFault(undefined);
    setRunOut(false);
    setWanted(phone.trim());
  };

  if (signIn.asked?.proof) return <BookingList at={at} page={page} signIn={signIn} onLeave={() => leave()} onRunOut={() => leave('run_out')} />;
  return (
    <div class="my">
      <StepTitle focusKey={wanted ? 'my-code' : 'my'}>{say(wanted ? 'phone.title' : 'my.title')}</StepTitle>
      {runOut && <Notice tone="calm" title={say('my.run_out')} />}
      {wanted ? (
        <EnterCode
          at={at}
          draftId={signIn.draftId}
          phone={wanted}
          callUs={page.location.phone}
          asked={signIn.asked}
          onAsked={(asked) => take({ ...signIn, asked })}
          onConfirmed={(proof) => signIn.asked && take({ ...signIn, asked: { ...signIn.asked, proof } })}
        >
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              setSignIn(forgetSignIn(at));
              setWanted('');
            }}
          >
            {say('phone.change')}
          </button>
        </EnterCode>
      ) : (
        <form
          class="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <p class="lead">{say('my.lead')}</p>
          <Field
            name="phone"
            label={say('details.phone')}
            value={phone}
            fault={fault}
            onValue={setPhone}
            input={{ type: 'tel', inputMode: 'tel', autocomplete: 'tel', required: true, maxLength: 40 }}
          />
          <button type="submit" class="button button-main">
            {say('my.send')}
          </button>
        </form>
      )}
    </div>
  );
}

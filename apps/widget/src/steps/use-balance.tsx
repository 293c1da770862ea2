import type { Quote } from '@holdfast/contract/booking';
import { useEffect, useState } from 'preact/hooks';
import { askBalance, refusalCode, type Trouble } from '../api.ts';
import { balanceOf, type PickedBalance, partOf } from '../balance.ts';
import { phoneAsked } from '../booking-draft.ts';
import { Field } from '../parts/field.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { readAmount } from '../read-amount.ts';
import { payableNow } from '../wish.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

type Props = Pick<LaterStepProps, 'at' | 'draft' | 'dispatch' | 'goTo'> & { quote: Quote };

/** The client's own money with the salon, once their phone is confirmed; before that a small question, where there are accounts at all. */
export function UseBalance({ at, draft, dispatch, goTo, quote }: Props) {
  const { say } = useWords();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);
  const phone = phoneAsked(draft);
  const balance = balanceOf(draft);

  // asked once, and anew when the booking says that it is no longer so much
  useEffect(() => {
    if (!phone?.proof || balance) return;
    const { typed, proof } = phone;
    let left = false;
    setTrouble(null);
    void askBalance(at, { draftId: draft.draftId, phone: typed, proof }).then((answer) => {
      if (left) return;
      if (answer.ok) return dispatch({ type: 'balance_known', balance: { proof, accounts: answer.value.accounts, account: 0, use: 'none' } });
      if (refusalCode(answer.trouble) === 'phone_not_confirmed') dispatch({ type: 'phone_asked', phone: null });
      else setTrouble(answer.trouble);
    });
    return () => {
      left = true;
    };
  }, [phone?.proof, balance === null, round]);

  if (trouble) return <TroubleNotice trouble={trouble} retry={() => setRound(round + 1)} />;
  if (!phone?.proof) {
    if (!quote.accounts) return null;
    const confirm = () => {
      dispatch({ type: 'balance_wanted', wanted: true });
      goTo('phone');
    };
    return (
      <p>
        <button type="button" class="link" onClick={confirm}>
          {say('balance.question')}
        </button>
      </p>
    );
  }
  if (!balance) return null;
  if (balance.accounts.length === 0) return draft.balanceWanted ? <p class="muted">{say('balance.none')}</p> : null;
  return <Choose balance={balance} quote={quote} dueMinor={payableNow(quote, draft)} draft={draft} dispatch={dispatch} />;
}

function Choose({
  balance,
  quote,
  dueMinor,
  draft,
  dispatch,
}: Pick<Props, 'quote' | 'draft' | 'dispatch'> & { balance: PickedBalance; dueMinor: number }) {
  const { say, money } = useWords();
  const [typed, setTyped] = useState('');
  const account = balance.accounts[balance.account];
  if (!account || dueMinor === 0) return null;
  const pick = (change: Partial<PickedBalance>) => dispatch({ type: 'balance_known', balance: { ...balance, ...change } });
  const most = partOf(quote, { ...draft, balance: { ...balance, use: 'all' } }, dueMinor);
  const part = partOf(quote, draft, dueMinor);
  const partial = typeof balance.use === 'number';
  const wrong = partial && typed !== '' && readAmount(typed, account.currency) === null;
  return (
    <fieldset class="group balance">
      <legend>
        <h2>{say('balance.title', { amount: money(account.spendableMinor) })}</h2>
      </legend>
      {balance.accounts.length > 1 && (
        <div class="field">
          <label for="field-account">{say('balance.which')}</label>
          <select id="field-account" class="input" value={balance.account} onChange={(event) => pick({ account: Number(event.currentTarget.value) })}>
            {balance.accounts.map(({ typeId, typeName, spendableMinor }, index) => (
              <option key={typeId ?? ''} value={index}>{`${typeName ?? say('balance.ordinary')} · ${money(spendableMinor)}`}</option>
            ))}
          </select>
        </div>
      )}
      {most > 0 && (
        <Way checked={balance.use === 'all'} onChoose={() => pick({ use: 'all' })}>
          {say(most === dueMinor ? 'balance.all' : 'balance.as_far', { amount: money(most) })}
        </Way>
      )}
      {most > 0 && (
        <Way checked={partial} onChoose={() => pick({ use: readAmount(typed, account.currency) ?? 0 })}>
          {say('balance.part')}
        </Way>
      )}
      {partial && (
        <Field
          name="part"
          label={say('balance.amount', { currency: account.currency })}
          hint={say('balance.most', { amount: money(most) })}
          fault={wrong ? say('balance.no_amount') : undefined}
          value={typed}
          onValue={(text) => {
            setTyped(text);
            pick({ use: readAmount(text, account.currency) ?? 0 });
          }}
          input={{ inputMode: 'decimal', autocomplete: 'off', maxLength: 14, dir: 'ltr' }}
        />
      )}
      <Way checked={balance.use === 'none'} onChoose={() => pick({ use: 'none' })}>
        {say('balance.not_now')}
      </Way>
      <p class="muted" role="status">
        {part > 0 ? say(part === dueMinor ? 'balance.pays_all' : 'balance.pays', { part: money(part), rest: money(dueMinor - part) }) : ''}
      </p>
    </fieldset>
  );
}

function Way({ checked, onChoose, children }: { checked: boolean; onChoose: () => void; children: string }) {
  return (
    <label class="choice" data-chosen={checked}>
      <input type="radio" class="choice-input" name="balance" checked={checked} onChange={onChoose} />
      <span class="choice-body">
        <span class="choice-name">{children}</span>
      </span>
    </label>
  );
}

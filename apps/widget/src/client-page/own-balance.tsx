import type { Booking } from '@holdfast/contract/booking';
import type { OwnAccounts } from '@holdfast/contract/deposits';
import { useEffect, useState } from 'preact/hooks';
import { askOwnAccounts, payPart, refusalCode, type Trouble, topUpOwn } from '../api.ts';
import { newDraftId } from '../draft-storage.ts';
import { goToPayment } from '../go-to-payment.ts';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { readAmount } from '../read-amount.ts';
import { useWords } from '../words.tsx';
import { topUpAmounts, typedAmount } from './top-up-amounts.ts';

type Own = OwnAccounts['accounts'][number];

/** Back from filling it: how long to wait before each time of asking whether the money has come. */
const askAfterMs = [0, 1000, 2000, 4000];

/** What the client has with the salon: what is due is paid from it, and it is filled here. Nothing before the booking's phone was confirmed. */
export function OwnBalance({ booking, onPaid }: { booking: Booking; onPaid: (booking: Booking) => void }) {
  const { say } = useWords();
  const [own, setOwn] = useState<OwnAccounts | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [back] = useState(() => new URLSearchParams(location.search).get('from') === 'top-up');

  // back from filling it: the provider is asked how that went, and what has come is there for what is due
  useEffect(() => {
    let left = false;
    const look = async () => {
      for (const wait of back ? askAfterMs : [0]) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        const answer = left ? null : await askOwnAccounts(booking.token, back);
        if (left || !answer?.ok) return;
        setOwn(answer.value);
        if (answer.value.lastTopUp?.state === 'paid') return;
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [booking.status, booking.accountMinor]);

  if (!own || own.accounts.length === 0) return null;
  const least = own.leastOnlineMinor;
  const pay = async (account: Own, amountMinor: number) => {
    setTrouble(null);
    const answer = await payPart(booking.token, { key: newDraftId(), typeId: account.typeId, amountMinor });
    if (answer.ok) return onPaid(answer.value);
    setTrouble(answer.trouble);
    const code = refusalCode(answer.trouble);
    if (code !== 'not_enough_on_account') return;
    const fresh = await askOwnAccounts(booking.token, false);
    if (fresh.ok) setOwn(fresh.value);
  };
  return (
    <section class="memberships" aria-labelledby="own-balance">
      <h2 id="own-balance">{say('own.balance')}</h2>
      {back && own.lastTopUp && <HowItWent topUp={own.lastTopUp} />}
      {own.accounts.map((account) => (
        <article key={account.typeId ?? ''} class="card">
          <OneAccount account={account} booking={booking} least={least} onPay={(amountMinor) => pay(account, amountMinor)} onTrouble={setTrouble} />
        </article>
      ))}
      {trouble && <TroubleNotice trouble={trouble} />}
    </section>
  );
}

function HowItWent({ topUp: { state, amountMinor } }: { topUp: NonNullable<OwnAccounts['lastTopUp']> }) {
  const { say, money } = useWords();
  return <Notice tone={state === 'paid' ? 'good' : 'calm'}>{say(`own.${state}`, { amount: money(amountMinor) })}</Notice>;
}

function OneAccount({
  account,
  booking,
  least,
  onPay,
  onTrouble,
}: {
  account: Own;
  booking: Booking;
  least: number;
  onPay: (amountMinor: number) => Promise<void>;
  onTrouble: (trouble: Trouble | null) => void;
}) {
  const { say, money } = useWords();
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState('');
  const [key] = useState(newDraftId);
  const [fault, setFault] = useState<string>();
  const dueMinor = booking.canPay ? booking.dueMinor : 0;
  const part = mostOf(account.spendableMinor, dueMinor, least);
  const missingMinor = Math.max(0, dueMinor - account.spendableMinor);
  const costMinor = booking.appointments.reduce((sum, { priceMinMinor }) => sum + priceMinMinor, 0);
  const type = (text: string) => {
    setTyped(text);
    setFault(undefined);
  };
  const name = account.typeName ?? say('balance.ordinary');
  const id = `top-up-${account.typeId ?? 'ordinary'}`;

  const fill = async () => {
    const amountMinor = readAmount(typed, account.currency);
    if (amountMinor === null || amountMinor < Math.max(1, least)) return setFault(say('own.least', { amount: money(Math.max(1, least)) }));
    setBusy(true);
    onTrouble(null);
    const answer = await topUpOwn(booking.token, { key: `${key}${amountMinor}`.slice(0, 64), typeId: account.typeId, amountMinor });
    if (answer.ok) return goToPayment(answer.value.pageUrl);
    setBusy(false);
    onTrouble(answer.trouble);
  };

  return (
    <>
      <h3>
        {name} · {money(account.spendableMinor)}
      </h3>
      {part > 0 && (
        <button
          type="button"
          class="button button-main"
          aria-disabled={busy}
          onClick={() => {
            if (busy) return;
            setBusy(true);
            void onPay(part).finally(() => setBusy(false));
          }}
        >
          {say('own.pay', { amount: money(part) })}
        </button>
      )}
      {account.mayTopUp && (
        <form
          class="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void fill();
          }}
        >
          <Field
            name={id}
            label={say('own.top_up_amount', { currency: account.currency })}
            fault={fault}
            value={typed}
            onValue={type}
            input={{ inputMode: 'decimal', autocomplete: 'off', maxLength: 14, dir: 'ltr' }}
          />
          <fieldset class="amounts">
            <legend class="unseen">{say('own.quick')}</legend>
            {topUpAmounts({ costMinor, missingMinor, leastMinor: least }).map((amountMinor) => {
              const text = typedAmount(amountMinor, account.currency);
              return (
                <button key={text} type="button" class="amount" aria-pressed={typed === text} onClick={() => type(text)}>
                  {amountMinor === missingMinor ? say('own.missing', { amount: money(amountMinor) }) : money(amountMinor)}
                </button>
              );
            })}
          </fieldset>
          <button type="submit" class="button button-quiet" aria-disabled={busy} aria-busy={busy}>
            {say('own.top_up')}
          </button>
        </form>
      )}
    </>
  );
}

/** As much as is there and due, so that what is left can be charged. */
function mostOf(thereMinor: number, dueMinor: number, leastMinor: number): number {
  const part = Math.min(thereMinor, dueMinor);
  const rest = dueMinor - part;
  return rest > 0 && rest < leastMinor ? Math.max(0, dueMinor - leastMinor) : part;
}

import type { LocationPage } from '@holdfast/contract/location-page';
import { troubleAtOffer } from '@holdfast/contract/say-waiting';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { useState } from 'preact/hooks';
import { refusalCode, startPayment, type Trouble } from '../api.ts';
import type { PhoneAsked } from '../booking-draft.ts';
import { goToPayment } from '../go-to-payment.ts';
import { CancellationTerms } from '../parts/cancellation-terms.tsx';
import { Consent } from '../parts/consent.tsx';
import { EnterCode } from '../parts/enter-code.tsx';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';
import { ChooseOne } from './choose-one.tsx';
import { takeOffer } from './waiting-api.ts';

interface Props {
  entry: WaitingEntry;
  page: LocationPage;
  /** The offer is no longer what is shown. */
  onStale: () => void;
}

type Offer = NonNullable<WaitingEntry['offer']>;

export function TakeOffer({ entry, page, onStale }: Props) {
  const { say } = useWords();
  const { offer } = entry;
  if (!offer?.quote) return <Notice tone="warn" title={say('waiting.cannot', { phone: page.location.phone })} />;
  return <Taking entry={entry} page={page} offer={offer} quote={offer.quote} onStale={onStale} />;
}

function Taking({ entry, page, offer, quote, onStale }: Props & { offer: Offer; quote: NonNullable<Offer['quote']> }) {
  const { say, money, moneyRange } = useWords();
  const around = useSurroundings();
  const use = quote.appointments[0]?.services[0]?.membership ?? 'payment';
  const [by, setBy] = useState(entry.promise === 'membership' || use === 'members' ? 'membership' : 'money');
  const [pay, setPay] = useState(false);
  const [agreed, setAgreed] = useState({ terms: offer.agreed, privacy: offer.agreed });
  const [showFaults, setShowFaults] = useState(false);
  const [needsCode, setNeedsCode] = useState(offer.confirmPhone);
  const [coding, setCoding] = useState(false);
  const [asked, setAsked] = useState<PhoneAsked | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { privacy } = page.widget;
  const cover = use !== 'payment' && by === 'membership';
  const at = { chain: page.chain.slug, location: page.location.slug };

  const take = async (proof = asked?.proof) => {
    setShowFaults(true);
    setTrouble(null);
    if (!agreed.terms || (privacy && !agreed.privacy)) return;
    if (needsCode && !proof) return setCoding(true);
    setBusy(true);
    const link = { version: offer.consentVersion, privacy: agreed.privacy };
    const answer = await takeOffer(entry.token, {
      quoteId: quote.quoteId,
      pay: pay && !cover,
      cover,
      ...(proof ? { phoneConfirmation: proof } : {}),
      consent: { terms: agreed.terms, termsVersion: offer.termsVersion, link },
    });
    if (!answer.ok) return refused(answer.trouble);
    const { token, canPay, dueMinor } = answer.value;
    const payment = canPay && dueMinor > 0 ? await startPayment(token, around.returnTo()) : null;
    if (!payment?.ok) return around.goTo(`/b/${token}`);
    if (around.embedded) around.showBooking(token);
    goToPayment(payment.value.pageUrl);
  };
  const refused = (why: Trouble) => {
    setBusy(false);
    if (refusalCode(why) === 'phone_not_confirmed') {
      setNeedsCode(true);
      setAsked(null);
      return setCoding(true);
    }
    setTrouble(why);
    // they are others than those that were agreed to when joining
    if (refusalCode(why) === 'consent_needed') setAgreed({ terms: false, privacy: false });
    onStale();
  };
  const confirmed = (proof: string) => {
    setAsked((before) => before && { ...before, proof });
    setCoding(false);
    void take(proof);
  };

  if (coding)
    return (
      <section class="line-taking">
        <h3>{say('phone.title')}</h3>
        <EnterCode
          at={at}
          draftId={entry.draftId}
          phone={entry.client.phone}
          callUs={page.location.phone}
          asked={asked}
          onAsked={setAsked}
          onConfirmed={confirmed}
        />
      </section>
    );
  return (
    <form
      class="form line-taking"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void take();
      }}
    >
      {use === 'either' && (
        <ChooseOne
          name="by"
          legend={say('waiting.how')}
          chosen={by}
          options={[
            { id: 'money', label: say('waiting.by_money', { amount: moneyRange(quote.priceMinMinor, quote.priceMaxMinor) }) },
            { id: 'membership', label: say('waiting.by_membership') },
          ]}
          onChoose={setBy}
        />
      )}
      {!cover && quote.availableMinor > 0 && (
        <Consent name="pay" given={pay} fault={undefined} onGiven={setPay} text={say('waiting.pay_now', { amount: money(quote.availableMinor) })} />
      )}
      <div class="terms">
        {offer.agreed ? (
          <p>{say('waiting.agreed')}</p>
        ) : (
          <Consent
            name="terms"
            given={agreed.terms}
            fault={showFaults && !agreed.terms ? say('details.terms_needed') : undefined}
            onGiven={(terms) => setAgreed({ ...agreed, terms })}
            text={say('details.terms', { salon: page.chain.name })}
          />
        )}
        {!offer.agreed && privacy && (
          <Consent
            name="privacy"
            given={agreed.privacy}
            fault={showFaults && !agreed.privacy ? say('details.privacy_needed') : undefined}
            onGiven={(given) => setAgreed({ ...agreed, privacy: given })}
            text={say('details.privacy')}
          />
        )}
        <details class="disclosure">
          <summary>{say('details.read_terms')}</summary>
          <div class="disclosure-body">
            <p class="as-written">{page.location.terms.text}</p>
            <CancellationTerms policy={page.location.cancellation} />
            {privacy && <p class="as-written">{privacy}</p>}
          </div>
        </details>
      </div>
      {trouble && <OfferTrouble trouble={trouble} />}
      <button type="submit" class="button button-main" aria-disabled={busy} aria-busy={busy}>
        {!cover && quote.requiredMinor > 0 ? say('waiting.take_pay', { amount: money(quote.requiredMinor) }) : say('waiting.take')}
      </button>
    </form>
  );
}

function OfferTrouble({ trouble }: { trouble: Trouble }) {
  const { say } = useWords();
  const code = refusalCode(trouble);
  const key = code === null ? 'trouble.refused_title' : troubleAtOffer(code);
  return key === 'trouble.refused_title' ? <TroubleNotice trouble={trouble} /> : <Notice tone="warn" title={say(key)} />;
}

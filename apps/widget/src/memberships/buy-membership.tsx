import type { LocationPage } from '@holdfast/contract/location-page';
import type { MembershipsOnSale } from '@holdfast/contract/memberships';
import { termsOfSale } from '@holdfast/contract/say-membership';
import { useEffect, useState } from 'preact/hooks';
import { askMemberships, buyMembership, type LocationAddress, refusalCode, type Trouble } from '../api.ts';
import { goToPayment } from '../go-to-payment.ts';
import { measured } from '../happenings.ts';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';

interface Props {
  at: LocationAddress;
  page: { location: Pick<LocationPage['location'], 'phone'>; widget?: { link: string } };
  /** Whose phone is confirmed, and by what. */
  buyer: { draftId: string; phone: string; proof: string; name: string; email: string };
  /** Only memberships that cover one of these; left out: all. */
  forServices?: readonly string[];
  /** False: something is still missing, and has been said. */
  mayBuy?: () => boolean;
}

/** Memberships on sale. Who buys one goes and pays, and comes back to where they are now. */
export function BuyMembership({ at, page, buyer, forServices, mayBuy = () => true }: Props) {
  const { say, money, language } = useWords();
  const words = useWords();
  const around = useSurroundings();
  const [sale, setSale] = useState<MembershipsOnSale>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [buying, setBuying] = useState('');
  const [changed, setChanged] = useState(false);

  const look = async () => {
    setTrouble(null);
    const answer = await askMemberships(at);
    if (answer.ok) setSale(answer.value);
    else setTrouble(answer.trouble);
  };
  useEffect(() => void look(), []);

  const buy = async ({ typeId, priceMinor }: MembershipsOnSale['memberships'][number]) => {
    if (buying || !mayBuy()) return;
    setBuying(typeId);
    setTrouble(null);
    setChanged(false);
    const { draftId, phone, proof, name, email } = buyer;
    const answer = await buyMembership(at, {
      draftId,
      typeId,
      priceMinor,
      phoneConfirmation: proof,
      client: { name: name.trim(), phone, email: email.trim() },
      language,
      returnTo: around.returnTo() ?? { url: location.href, place: '' },
      ...(page.widget ? { link: page.widget.link } : {}),
      ...(measured.by ? { analytics: measured.by } : {}),
    });
    if (answer.ok) return goToPayment(answer.value.pageUrl);
    setBuying('');
    if (refusalCode(answer.trouble) === 'changed_meanwhile') setChanged(true);
    else setTrouble(answer.trouble);
    if (refusalCode(answer.trouble)) await look();
  };

  const offered = sale?.memberships.filter(({ serviceIds }) => !forServices || serviceIds.some((id) => forServices.includes(id))) ?? [];
  const call = page.location.phone;
  return (
    <section class="memberships" aria-labelledby="memberships-on-sale">
      <h2 id="memberships-on-sale">{say('membership.buy_title')}</h2>
      {!sale && !trouble && <div class="bone bone-block" role="status" aria-label={say('page.loading')} />}
      {changed && <Notice tone="warn" title={say('membership.changed')} />}
      {trouble && <TroubleNotice trouble={trouble} retry={sale ? undefined : () => void look()} />}
      {sale && (!sale.canPay || offered.length === 0) && <p class="muted">{say('membership.none_on_sale', { phone: call })}</p>}
      {sale?.canPay &&
        offered.map((one) => (
          <article key={one.typeId} class="card">
            <div class="card-head">
              <h3>{one.name}</h3>
              <strong>{money(one.priceMinor)}</strong>
            </div>
            <ul class="membership-terms">
              {termsOfSale(words, one).map((term) => (
                <li key={term}>{term}</li>
              ))}
            </ul>
            <button
              type="button"
              class="button button-quiet"
              aria-disabled={buying !== ''}
              aria-busy={buying === one.typeId}
              onClick={() => void buy(one)}
            >
              {say('membership.buy', { price: money(one.priceMinor) })}
              <span class="unseen"> {one.name}</span>
            </button>
          </article>
        ))}
    </section>
  );
}

import type { Booking } from '@holdfast/contract/booking';
import type { OwnMemberships } from '@holdfast/contract/memberships';
import { isUsable, termsOfOwn } from '@holdfast/contract/say-membership';
import { useEffect, useState } from 'preact/hooks';
import { askOwnMemberships } from '../api.ts';
import { BuyMembership } from '../memberships/buy-membership.tsx';
import { keepSignIn, loadSignIn } from '../my-bookings/sign-in.ts';
import { EnterCode } from '../parts/enter-code.tsx';
import { useWords } from '../words.tsx';

type Own = OwnMemberships['memberships'][number];

/** The client's memberships: how many visits are left and until when; and another one to buy, once the phone is confirmed in this tab. */
export function OwnMembershipsOf({ booking }: { booking: Booking }) {
  const words = useWords();
  const { say } = words;
  const [own, setOwn] = useState<readonly Own[]>([]);
  const at = { chain: booking.chain.slug, location: booking.location.slug };
  const [signIn, setSignIn] = useState(() => {
    const kept = loadSignIn(at);
    // of this phone: whoever signed in with another one begins anew
    return kept.asked && kept.asked.typed !== booking.client.phone ? { ...kept, asked: null } : kept;
  });
  const [buying, setBuying] = useState(false);

  useEffect(() => {
    let left = false;
    // who sees no memberships because of a broken line misses nothing of the booking
    void askOwnMemberships(booking.token).then((answer) => left || (answer.ok && setOwn(answer.value.memberships)));
    return () => {
      left = true;
    };
  }, [booking.status]);

  const shown = own.filter(isUsable);
  if (own.length === 0) return null;
  const take = (next: typeof signIn) => {
    keepSignIn(at, next);
    setSignIn(next);
  };
  const proof = signIn.asked?.proof;
  return (
    <section class="memberships" aria-labelledby="own-memberships">
      <h2 id="own-memberships">{say('own.memberships')}</h2>
      {shown.length === 0 && <p class="muted">{say('own.none_usable')}</p>}
      {shown.map((one) => (
        <article key={one.id} class="card">
          <h3>{one.name}</h3>
          <ul class="membership-terms">
            {termsOfOwn(words, one).map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </article>
      ))}
      {!buying && (
        <button type="button" class="button button-quiet" onClick={() => setBuying(true)}>
          {say('own.buy_another')}
        </button>
      )}
      {buying && !proof && (
        <EnterCode
          at={at}
          draftId={signIn.draftId}
          phone={booking.client.phone}
          callUs={booking.location.phone}
          asked={signIn.asked}
          onAsked={(asked) => take({ ...signIn, asked })}
          onConfirmed={(confirmed) => signIn.asked && take({ ...signIn, asked: { ...signIn.asked, proof: confirmed } })}
        />
      )}
      {buying && proof && (
        <BuyMembership
          at={at}
          page={{ location: booking.location, widget: { link: booking.link.slug } }}
          buyer={{ draftId: signIn.draftId, phone: booking.client.phone, proof, name: booking.client.name, email: booking.client.email }}
        />
      )}
    </section>
  );
}

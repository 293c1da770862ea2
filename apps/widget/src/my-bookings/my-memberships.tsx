import type { LocationPage } from '@holdfast/contract/location-page';
import type { MyMemberships as Memberships } from '@holdfast/contract/memberships';
import { isUsable, termsOfOwn } from '@holdfast/contract/say-membership';
import { useState } from 'preact/hooks';
import { type LocationAddress, ours } from '../api.ts';
import { BuyMembership } from '../memberships/buy-membership.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import type { SignIn } from './sign-in.ts';

interface Props {
  at: LocationAddress;
  page: LocationPage;
  signIn: SignIn;
  mine: Memberships;
}

type Own = Memberships['memberships'][number];

/** What is left of each membership and until when, what is booked with it, and another one to buy. */
export function MyMemberships({ at, page, signIn: { draftId, asked }, mine }: Props) {
  const { say } = useWords();
  const [buying, setBuying] = useState(false);
  const [name, setName] = useState(mine.clientName);
  const [fault, setFault] = useState<string>();
  const usable = mine.memberships.filter(isUsable);
  const over = mine.memberships.filter((one) => !isUsable(one));
  return (
    <section class="memberships" aria-labelledby="my-memberships">
      <h2 id="my-memberships">{say('own.memberships')}</h2>
      {mine.memberships.length === 0 && <p class="muted">{say('my.no_memberships')}</p>}
      {usable.length === 0 && over.length > 0 && <p class="muted">{say('own.none_usable')}</p>}
      {usable.length > 0 && (
        <ul class="my-list">
          {usable.map((one) => (
            <Usable key={one.id} one={one} />
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <details class="disclosure">
          <summary>{say('my.memberships_over', { count: over.length })}</summary>
          <ul class="disclosure-body my-over">
            {over.map((one) => (
              <li key={one.id}>
                <span>{one.name}</span> <span class="muted">{stateOf(one)}</span> <Page one={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {!buying && (
        <button type="button" class="button button-quiet" onClick={() => setBuying(true)}>
          {say(mine.memberships.length > 0 ? 'own.buy_another' : 'membership.buy_title')}
        </button>
      )}
      {buying && mine.clientName === '' && (
        <Field
          name="name"
          label={say('details.name')}
          value={name}
          fault={fault}
          onValue={(text) => {
            setName(text);
            setFault(undefined);
          }}
          input={{ autocomplete: 'name', required: true, maxLength: 120 }}
        />
      )}
      {buying && asked?.proof && <BuyMembership at={at} page={page} buyer={{ draftId, phone: asked.typed, proof: asked.proof, name, email: '' }} />}
    </section>
  );

  function stateOf({ state }: Own): string {
    return state === 'used_up' || state === 'refunding' || state === 'refunded' ? say(`my.${state}`) : say('my.ended');
  }
}

function Usable({ one }: { one: Own }) {
  const words = useWords();
  return (
    <li class="card">
      <div class="card-head">
        <h3>{one.name}</h3>
        <Page one={one} />
      </div>
      <ul class="membership-terms">
        {termsOfOwn(words, one, one.timeZone).map((term) => (
          <li key={term}>{term}</li>
        ))}
        {!one.allServices && one.services.length > 0 && <li>{words.say('membership.for', { services: one.services.join(', ') })}</li>}
      </ul>
      {one.booked.length > 0 && (
        <ul class="my-visits">
          {one.booked.map((visit) => (
            <li key={`${visit.token}${visit.startsAt}`}>
              <a class="link" href={ours(`/b/${visit.token}`)}>
                {visit.serviceName} · {whenAt(visit)}
              </a>{' '}
              <span class="muted">{visit.locationName}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );

  function whenAt({ startsAt, timeZone }: Own['booked'][number]): string {
    const style = { timeZone, weekday: 'short', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(words.locale, style).format(new Date(startsAt));
  }
}

function Page({ one: { pageUrl, name } }: { one: Own }) {
  const { say } = useWords();
  if (!pageUrl) return null;
  return (
    <a class="link" href={pageUrl}>
      {say('my.what_was_paid')}
      <span class="unseen"> {name}</span>
    </a>
  );
}

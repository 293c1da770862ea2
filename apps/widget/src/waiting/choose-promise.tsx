import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { useWords } from '../words.tsx';
import { ChooseOne } from './choose-one.tsx';
import { type Line, promisesFor } from './lines.ts';

interface Props {
  line: Extract<Line, { kind: 'event' }>;
  page: LocationPage;
  chosen: WaitingPromise;
  onChoose: (promise: WaitingPromise) => void;
}

/** How an offer is to become a booking. With one way only there is nothing to choose. */
export function ChoosePromise({ line: { event, places }, line, page, chosen, onChoose }: Props) {
  const { say, minutes, moneyRange } = useWords();
  const promises = promisesFor(line);
  if (promises.length === 1) return null;
  const length = minutes(page.location.offerMinutes);
  const amount = moneyRange(event.priceMinMinor * places, event.priceMaxMinor * places);
  const pays = event.policy.status === 'required' && event.membership !== 'members';
  const confirmed = (text: string) => `${text} ${say('join.by_confirmed')}`;
  const options = {
    pay: { label: say('join.by_pay'), text: say(pays ? 'join.by_pay_text' : 'join.by_open_text', { length }) },
    membership: { label: say('join.by_membership'), text: confirmed(say('join.by_membership_text')) },
    account: { label: say('join.by_account'), text: confirmed(say('join.by_account_text', { amount })) },
  };
  return (
    <ChooseOne
      name="promise"
      legend={say('join.then')}
      chosen={chosen}
      options={promises.map((id) => ({ id, ...options[id] }))}
      onChoose={onChoose}
    />
  );
}

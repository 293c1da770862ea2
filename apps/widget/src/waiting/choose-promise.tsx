import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingPromise } from '@holdfast/contract/waiting-words';
import { useWords } from '../words.tsx';
import { ChooseOne } from './choose-one.tsx';
import { type Line, payableFor, promisesFor } from './lines.ts';

interface Props {
  line: Line;
  page: LocationPage;
  chosen: WaitingPromise;
  onChoose: (promise: WaitingPromise) => void;
}

/** How an offer is to become a booking. With one way only there is nothing to choose. */
export function ChoosePromise({ line, page, chosen, onChoose }: Props) {
  const { say, minutes, money, moneyRange } = useWords();
  const promises = promisesFor(page, line);
  if (promises.length === 1) return null;
  const length = minutes(page.location.offerMinutes);
  const amount =
    line.kind === 'event'
      ? moneyRange(line.event.priceMinMinor * line.places, line.event.priceMaxMinor * line.places)
      : money(payableFor(page, line));
  const pays = line.kind === 'event' && line.event.policy.status === 'required' && line.event.membership !== 'members';
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

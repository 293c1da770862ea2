import type { Quote } from '@holdfast/contract/booking';
import { useWords } from '../words.tsx';
import { Notice } from './notice.tsx';

interface Props {
  before: Quote;
  after: Quote;
  onOtherTime: () => void;
}

/** The deal is not what it was: both are shown, and nothing happens before the client has agreed. */
export function ChangedQuote({ before, after, onOtherTime }: Props) {
  const { say, moneyRange, money, minutes } = useWords();
  const length = (quote: Quote) =>
    quote.appointments.reduce((sum, { startsAt, endsAt }) => sum + (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000, 0);
  const rows = [
    {
      name: say('quote.price'),
      was: moneyRange(before.priceMinMinor, before.priceMaxMinor),
      is: moneyRange(after.priceMinMinor, after.priceMaxMinor),
    },
    { name: say('quote.pay_now'), was: money(before.requiredMinor), is: money(after.requiredMinor) },
    { name: say('quote.may_pay'), was: money(before.availableMinor), is: money(after.availableMinor) },
    { name: say('quote.length'), was: minutes(length(before)), is: minutes(length(after)) },
  ].filter(({ was, is }) => was !== is);
  return (
    <Notice tone="warn" title={say('quote.changed_title')}>
      <p>{say('quote.changed_text')}</p>
      <table class="changed">
        <thead>
          <tr>
            <td />
            <th scope="col">{say('quote.before')}</th>
            <th scope="col">{say('quote.now')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, was, is }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <s>{was}</s>
              </td>
              <td>
                <strong>{is}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="button button-quiet" onClick={onOtherTime}>
        {say('hold.other_time')}
      </button>
    </Notice>
  );
}

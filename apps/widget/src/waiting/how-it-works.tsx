import { useWords } from '../words.tsx';

/** What can be relied on, said before anybody joins. */
export function HowItWorks({ offerMinutes, ofEvent }: { offerMinutes: number; ofEvent: boolean }) {
  const { say, minutes } = useWords();
  return (
    <div class="fine">
      <h2>{say('join.how')}</h2>
      <ul class="line-how">
        <li>{say('join.how_order')}</li>
        {ofEvent && <li>{say('join.how_fit')}</li>}
        <li>
          {say('join.how_offer', { length: minutes(offerMinutes) })} {say('join.how_quiet')}
        </li>
        <li>{say('join.how_free')}</li>
      </ul>
    </div>
  );
}

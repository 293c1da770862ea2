import type { Balance } from '@holdfast/contract/deposits';
import { formatMoney } from '@holdfast/contract/format-money';
import { useWords } from '../words.tsx';

/** What lies on each account. It is filled, and paid with, while booking and on a booking's own page. */
export function MyBalance({ balance: { accounts } }: { balance: Balance }) {
  const { say, locale } = useWords();
  if (accounts.length === 0) return null;
  return (
    <section class="memberships" aria-labelledby="my-balance">
      <h2 id="my-balance">{say('own.balance')}</h2>
      <div class="card">
        <dl class="my-accounts">
          {accounts.map(({ typeId, typeName, currency, spendableMinor }) => (
            <div key={typeId ?? ''}>
              <dt>{typeName ?? say('balance.ordinary')}</dt>
              <dd>
                <strong>{formatMoney(spendableMinor, currency, locale)}</strong>
              </dd>
            </div>
          ))}
        </dl>
        <p class="muted">{say('my.balance_text')}</p>
      </div>
    </section>
  );
}

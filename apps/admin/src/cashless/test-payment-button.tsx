import type { CashlessPayment, PaymentConnection } from '@holdfast/contract/cashless';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useWords } from '../words.tsx';
import type { useCashlessDeed } from './cashless-query.ts';

/** Makes a payment of the smallest amount, and brings who pressed it to the provider's page in a tab of its own. */
export function TestPaymentButton({
  connection,
  reason,
  deed,
  amount,
}: {
  connection: PaymentConnection;
  reason: string | undefined;
  deed: ReturnType<typeof useCashlessDeed>;
  /** What it is going to cost, in words. */
  amount: string;
}) {
  const { say } = useWords();
  const begin = async () => {
    const more = say(connection.sandbox ? 'cashless.try.sure.sandbox' : 'cashless.try.sure.more', { amount });
    if (!(await confirmed({ title: say('cashless.try.sure', { label: connection.label }), more, yes: say('cashless.try.yes') }))) return;
    // opened now, while the browser still knows that somebody has clicked
    const tab = window.open('', '_blank');
    if (tab) tab.opener = null;
    const testOf = (page: CashlessPayment) => page.connections.find(({ id }) => id === connection.id)?.test;
    deed.mutate(
      { method: 'POST', path: ['connections', connection.id, 'payment-tests'], body: {} },
      {
        onSuccess: (page) => {
          const url = testOf(page)?.pageUrl;
          if (url && tab) tab.location.replace(url);
          else tab?.close();
        },
        onError: () => tab?.close(),
      },
    );
  };
  return (
    <ReasonButton variant="default" size="xs" loading={deed.isPending} reason={reason} onClick={() => void begin()}>
      {say('cashless.try')}
    </ReasonButton>
  );
}

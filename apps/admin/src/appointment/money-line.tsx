import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { bookablesQuery, termsOf } from './bookables-query.ts';
import { totalOf } from './parts.ts';
import type { Editing } from './use-editing.ts';

/** What it comes to, as it is typed just now; the checkout is one click away. */
export function MoneyLine({ editing, onCheckout }: { editing: Editing; onCheckout: () => void }) {
  const { say, money } = useWords();
  const may = useMay();
  const { now } = editing;
  const { data: bookables } = useQuery(bookablesQuery(now.locationId));
  const { staffId } = editing.shown('time');
  const isMine = editing.unsaved.includes('services');
  const total = isMine ? totalOf(editing.shown('services'), (id) => termsOf(bookables, staffId, id)?.priceMinMinor ?? 0) : now.costMinor;
  const due = Math.max(0, total - now.paidMinor);
  const item = (label: string, amount: number, strong = false) => (
    <Text size="sm" component="span" fw={strong ? 650 : undefined}>
      {label}: {money(amount, now.currency)}
    </Text>
  );
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="md">
        {item(say('appointment.total'), total)}
        {item(say('appointment.paid'), now.paidMinor)}
        {item(say('appointment.due'), due, true)}
      </Group>
      {may('checkout.see') && (
        <Button variant="light" onClick={onCheckout}>
          {say('appointment.to_checkout')}
        </Button>
      )}
    </Group>
  );
}

import type { FigureLink, MoneyFigures } from '@holdfast/contract/reports';
import { Stack, Table, Title } from '@mantine/core';
import { useWords } from '../words.tsx';
import { DayPlaces } from './day-places.tsx';
import { Figure } from './figure-link.tsx';

/** What came, what went back, what was spent: by the way it was paid. */
export function DayEndFigures({ money, day }: { money: MoneyFigures; day: string }) {
  const { say, money: sayMoney } = useWords();
  const amount = (minor: number) => sayMoney(minor, money.currency);
  const lines: readonly { label: string; sums: MoneyFigures['receipts']; link: FigureLink }[] = [
    { label: say('reports.receipts'), sums: money.receipts, link: { page: 'transactions', from: day, to: day, direction: 'in' } },
    { label: say('reports.refunds'), sums: money.refunds, link: { page: 'transactions', from: day, to: day, operation: 'refund' } },
    {
      label: say('reports.expenses'),
      sums: money.expenses,
      link: { page: 'transactions', from: day, to: day, operation: 'manual', direction: 'out' },
    },
  ];
  return (
    <Stack gap="md" component="section" aria-label={say('reports.money_in', { currency: money.currency })}>
      <Title order={3} size="h5">
        {say('reports.money_in', { currency: money.currency })}
      </Title>
      <Table.ScrollContainer minWidth={480} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('reports.what')}</Table.Th>
              <Table.Th ta="right">{say('reports.cash')}</Table.Th>
              <Table.Th ta="right">{say('reports.card')}</Table.Th>
              <Table.Th ta="right">{say('reports.online')}</Table.Th>
              <Table.Th ta="right">{say('reports.total')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ label, sums, link }) => (
              <Table.Tr key={label}>
                <Table.Th scope="row" fw={400}>
                  {label}
                </Table.Th>
                <Table.Td ta="right">{amount(sums.cashMinor)}</Table.Td>
                <Table.Td ta="right">{amount(sums.cardMinor)}</Table.Td>
                <Table.Td ta="right">{amount(sums.onlineMinor)}</Table.Td>
                <Table.Td ta="right" fw={600}>
                  <Figure link={link}>{amount(sums.totalMinor)}</Figure>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <DayPlaces day={day} money={money} />
    </Stack>
  );
}

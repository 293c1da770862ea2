import type { Operation } from '@holdfast/contract/operations';
import type { DayFigures, FigureLink, MoneyFigures } from '@holdfast/contract/reports';
import { SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';
import { DayPlaces } from './day-places.tsx';
import { FigureCard, type FigurePart } from './figure-card.tsx';
import { Figure } from './figure-link.tsx';
import { itemName } from './item-name.ts';

/** A day's money in one currency: what came and went, what stands where, what is owed to clients. */
export function DayMoney({ day, money, several }: { day: DayFigures; money: MoneyFigures; several: boolean }) {
  const { say, money: sayMoney } = useWords();
  const { currency } = money;
  const amount = (minor: number) => sayMoney(minor, currency);
  const list = (filter: object = {}): FigureLink => ({ page: 'transactions', from: day.day, to: day.day, ...filter });
  const byMethod = (sums: MoneyFigures['receipts']): FigurePart[] => [
    { label: say('reports.cash'), value: amount(sums.cashMinor) },
    { label: say('reports.non_cash'), value: amount(sums.cardMinor + sums.onlineMinor) },
    { label: say('reports.of_it_online'), value: amount(sums.onlineMinor) },
  ];
  const { receipts, refunds, expenses } = money;
  return (
    <Stack gap="lg" component="section" aria-label={several ? currency : say('reports.money')}>
      {several && (
        <Title order={3} size="h4">
          {currency}
        </Title>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        <FigureCard
          label={say('reports.receipts')}
          value={amount(receipts.totalMinor)}
          link={list({ direction: 'in' })}
          parts={byMethod(receipts)}
          main
        />
        <FigureCard
          label={say('reports.refunds')}
          value={amount(refunds.totalMinor)}
          link={list({ operation: 'refund' })}
          parts={byMethod(refunds)}
        />
        <FigureCard
          label={say('reports.services_paid')}
          value={amount(money.servicesPaidMinor)}
          link={list({ item: 'services' })}
          parts={
            currency === day.currency
              ? [
                  { label: say('reports.services_booked'), value: amount(day.visits.bookedMinor) },
                  { label: say('reports.took_place'), value: amount(day.visits.arrivedMinor) },
                  { label: say('reports.average'), value: day.visits.averageMinor === null ? '–' : amount(day.visits.averageMinor) },
                ]
              : []
          }
        />
        <FigureCard
          label={say('reports.expenses')}
          value={amount(expenses.totalMinor)}
          link={list({ direction: 'out', operation: 'manual' })}
          parts={[
            { label: say('reports.fees'), value: amount(money.feesMinor) },
            { label: say('reports.corrections'), value: amount(money.correctionsMinor) },
            { label: say('reports.disputes'), value: amount(money.disputesMinor) },
            ...(money.unplacedMinor === 0 ? [] : [{ label: say('reports.unplaced'), value: amount(money.unplacedMinor) }]),
          ]}
        />
      </SimpleGrid>
      <DayPlaces day={day.day} money={money} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Owed day={day.day} money={money} />
        <Items day={day.day} money={money} />
      </SimpleGrid>
    </Stack>
  );
}

const owedParts = ['startMinor', 'receivedMinor', 'usedMinor', 'returnedMinor', 'otherMinor', 'endMinor'] as const;
const operationsOf: Readonly<Record<'prepayments' | 'deposits', Partial<Record<(typeof owedParts)[number], Operation>>>> = {
  prepayments: { receivedMinor: 'payment', usedMinor: 'income', returnedMinor: 'refund' },
  deposits: { receivedMinor: 'top_up', usedMinor: 'spend', returnedMinor: 'refund' },
};

/** Prepayments and deposits: what clients had with the salon, and what became of it. */
function Owed({ day, money }: { day: string; money: MoneyFigures }) {
  const { say, money: sayMoney } = useWords();
  const rows = owedParts.filter((part) => part !== 'otherMinor' || money.prepayments.otherMinor !== 0 || money.deposits.otherMinor !== 0);
  return (
    <Stack gap="xs" component="section" aria-labelledby={`owed-${money.currency}`}>
      <Title order={3} size="h5" id={`owed-${money.currency}`}>
        {say('reports.owed')}
      </Title>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <span className="mantine-VisuallyHidden-root">{say('reports.what')}</span>
              </Table.Th>
              <Table.Th ta="right">{say('reports.prepayments')}</Table.Th>
              <Table.Th ta="right">{say('reports.deposits')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((part) => (
              <Table.Tr key={part} className={part === 'endMinor' ? 'reports-sum' : ''}>
                <Table.Th scope="row" fw={part === 'endMinor' ? 600 : 400}>
                  {say(`reports.owed.${part}`)}
                </Table.Th>
                {(['prepayments', 'deposits'] as const).map((kind) => {
                  const operation = operationsOf[kind][part];
                  return (
                    <Table.Td key={kind} ta="right">
                      <Figure link={operation ? { page: 'transactions', from: day, to: day, operation } : null}>
                        {sayMoney(money[kind][part], money.currency)}
                      </Figure>
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function Items({ day, money }: { day: string; money: MoneyFigures }) {
  const { say, money: sayMoney } = useWords();
  return (
    <Stack gap="xs" component="section" aria-labelledby={`items-${money.currency}`}>
      <Title order={3} size="h5" id={`items-${money.currency}`}>
        {say('reports.by_item')}
      </Title>
      {money.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('reports.no_money')}
        </Text>
      )}
      {money.items.length > 0 && (
        <Table.ScrollContainer minWidth={320} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('reports.column.item')}</Table.Th>
                <Table.Th ta="right">{say('reports.column.in')}</Table.Th>
                <Table.Th ta="right">{say('reports.column.out')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {money.items.map((one) => (
                <Table.Tr key={one.itemId}>
                  <Table.Th scope="row" fw={400}>
                    <Figure link={{ page: 'transactions', from: day, to: day, item: one.itemId }}>{itemName(say, one)}</Figure>
                  </Table.Th>
                  <Table.Td ta="right">{sayMoney(one.inMinor, money.currency)}</Table.Td>
                  <Table.Td ta="right">{sayMoney(one.outMinor, money.currency)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

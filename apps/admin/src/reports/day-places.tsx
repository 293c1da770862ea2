import type { MoneyFigures } from '@holdfast/contract/reports';
import { Stack, Table, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';
import { Figure } from './figure-link.tsx';
import { placeName } from './item-name.ts';

const columns = ['startMinor', 'inMinor', 'outMinor', 'endMinor'] as const;

/** Each register from the start of the day to its end, and beside it what is on its way from the providers. */
export function DayPlaces({ day, money }: { day: string; money: MoneyFigures }) {
  const { say, money: sayMoney } = useWords();
  const registers = money.places.filter(({ kind }) => kind === 'cash' || kind === 'cashless');
  const onTheWay = money.places.filter(({ kind }) => kind === 'clearing' || kind === 'disputed');
  const amount = (minor: number) => sayMoney(minor, money.currency);
  const row = (place: MoneyFigures['places'][number]) => (
    <Table.Tr key={place.id}>
      <Table.Th scope="row" fw={400}>
        <Figure link={{ page: 'transactions', from: day, to: day, register: place.id }}>{placeName(say, place)}</Figure>
        {(place.kind === 'clearing' || place.kind === 'disputed') && (
          <Text size="xs" c="dimmed">
            {say(place.kind === 'disputed' ? 'reports.disputed' : 'reports.on_its_way')}
          </Text>
        )}
      </Table.Th>
      {columns.map((column) => (
        <Table.Td key={column} ta="right" className="reports-nowrap" fw={column === 'endMinor' ? 600 : 400}>
          {amount(place[column])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
  const sum = (some: typeof registers, column: (typeof columns)[number]) => some.reduce((total, one) => total + one[column], 0);
  return (
    <Stack gap="xs" component="section" aria-labelledby={`places-${money.currency}`}>
      <Title order={3} size="h5" id={`places-${money.currency}`}>
        {say('reports.balances')}
      </Title>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table className="reports-many">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('reports.column.register')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column} ta="right">
                  {say(`reports.place.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {registers.map(row)}
            {registers.length > 1 && (
              <Table.Tr className="reports-sum">
                <Table.Th scope="row">{say('reports.in_registers')}</Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column} ta="right" fw={600} className="reports-nowrap">
                    {amount(sum(registers, column))}
                  </Table.Td>
                ))}
              </Table.Tr>
            )}
            {onTheWay.map(row)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

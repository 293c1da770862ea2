import type { Report } from '@holdfast/contract/reports';
import { Table, Text } from '@mantine/core';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { Figure } from './figure-link.tsx';
import { rowName } from './row-name.ts';

type Group = Report['groups'][number];

/** The rows of a report with their sums; each opens what it is made of. */
export function ReportTable({ report, group }: { report: Report; group: Group }) {
  const { say, money, when, locale } = useWords();
  const { timeZone } = useLocationHere();
  const compared = report.before !== null && report.report !== 'no_shows';
  const first = report.columns.findIndex(({ kind }) => kind === 'money');
  const show = (value: number | string | null | undefined, index: number) => {
    if (value === null || value === undefined) return '–';
    const kind = report.columns[index]?.kind;
    if (kind === 'money') return money(Number(value), group.currency);
    if (kind === 'count') return Number(value).toLocaleString(locale);
    if (kind === 'when') return when(String(value), timeZone);
    return say(`reports.value.${value}` as TextKey);
  };
  const isNumber = (index: number) => report.columns[index]?.kind === 'money' || report.columns[index]?.kind === 'count';
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table striped>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say(`reports.rows.${report.report}`)}</Table.Th>
            {report.columns.map((column, index) => (
              <Table.Th key={column.key} ta={isNumber(index) ? 'right' : 'left'}>
                {say(`reports.column.${column.key}` as TextKey)}
              </Table.Th>
            ))}
            {compared && <Table.Th ta="right">{say('reports.column.before')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {group.rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" fw={400}>
                <Figure link={row.link}>{rowName(say, report.report, row)}</Figure>
              </Table.Th>
              {row.values.map((value, index) => (
                <Table.Td
                  key={report.columns[index]?.key}
                  ta={isNumber(index) ? 'right' : 'left'}
                  className="reports-nowrap"
                  fw={index === first ? 600 : 400}
                >
                  {show(value, index)}
                </Table.Td>
              ))}
              {compared && (
                <Table.Td ta="right" className="reports-nowrap">
                  <Text span size="sm" c="dimmed">
                    {row.before === null ? '–' : money(row.before, group.currency)}
                  </Text>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr className="reports-sum">
            <Table.Th scope="row">{say('reports.total')}</Table.Th>
            {group.totals.map((total, index) => (
              <Table.Td key={report.columns[index]?.key} ta={isNumber(index) ? 'right' : 'left'} fw={600} className="reports-nowrap">
                {total === null ? '' : show(total, index)}
              </Table.Td>
            ))}
            {compared && (
              <Table.Td ta="right" fw={600} className="reports-nowrap">
                {show(group.totalsBefore[first], first)}
              </Table.Td>
            )}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}

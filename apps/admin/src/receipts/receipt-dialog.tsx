import type { Receipt } from '@holdfast/contract/receipts';
import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconCopy, IconExternalLink, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { copyText } from '../checkout/copy-text.ts';
import { Dialog } from '../frame/dialog.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { paidByWords } from './paid-by-words.ts';
import { SendReceipt } from './send-receipt.tsx';

/** One document: what it says, and how it gets to the client. */
export function ReceiptDialog({ id, onOpen, onClose }: { id: string; onOpen: (id: string) => void; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery({
    queryKey: ['receipts', here.id, 'one', id],
    queryFn: ({ signal }) => ask<Receipt>('GET', at(here.id, 'receipts', id), undefined, signal),
  });
  return (
    <Dialog title={data ? `${say(`receipts.kind.${data.kind}`)} ${data.name}` : say('receipts.title')} size="lg" onClose={onClose}>
      {!data && !error && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data && <Shown receipt={data} onOpen={onOpen} />}
    </Dialog>
  );
}

function Shown({ receipt, onOpen }: { receipt: Receipt; onOpen: (id: string) => void }) {
  const { say, money, when, locale } = useWords();
  const here = useLocationHere();
  const { content, currency } = receipt;
  const pdf = `/api/v1/admin/${at(here.id, 'receipts', receipt.id)}/pdf`;
  const percent = (basisPoints: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  const copy = async () =>
    (await copyText(Promise.resolve(receipt.pageUrl))) ? toast(say('receipts.copied')) : toast(say('receipts.not_copied'), 'bad');
  return (
    <Stack gap="md">
      <Text size="sm">
        {when(receipt.happenedAt, here.timeZone)} · {receipt.erased ? say('receipts.erased') : (receipt.clientName ?? say('receipts.nobody_named'))} ·{' '}
        {paidByWords(say, receipt.paidBy)}
      </Text>
      {content.of && <Text size="sm">{say(receipt.kind === 'receipt' ? 'receipts.instead' : 'receipts.of', { name: content.of.name })}</Text>}
      <Table>
        <Table.Tbody>
          {content.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document's lines never move
            <Table.Tr key={index}>
              <Table.Td pl={0} style={{ overflowWrap: 'anywhere' }}>
                {line.name}
                {line.tax && (
                  <Text size="xs" c="dimmed">
                    {line.tax.name} {percent(line.tax.basisPoints)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td pr={0} ta="right">
                {money(line.amountMinor, currency)}
              </Table.Td>
            </Table.Tr>
          ))}
          {content.taxes.map((one) => (
            <Table.Tr key={`${one.name} ${one.basisPoints}`}>
              <Table.Td pl={0}>
                <Text size="sm" c="dimmed">
                  {say('receipts.tax_in', { rate: `${one.name} ${percent(one.basisPoints)}` })}
                </Text>
              </Table.Td>
              <Table.Td pr={0} ta="right">
                <Text size="sm" c="dimmed">
                  {money(one.taxMinor, currency)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr fw={650}>
            <Table.Td pl={0}>{say('receipts.total')}</Table.Td>
            <Table.Td pr={0} ta="right">
              {money(receipt.amountMinor, currency)}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {receipt.takenBackBy.map((note) => (
        <Anchor key={note.id} component="button" type="button" size="sm" ta="left" onClick={() => onOpen(note.id)}>
          {say('receipts.taken_back', { name: note.name })}
        </Anchor>
      ))}
      <Group gap="sm">
        <Button
          component="a"
          href={receipt.pageUrl}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<IconExternalLink size={18} aria-hidden />}
        >
          {say('receipts.open')}
        </Button>
        <Button component="a" href={pdf} target="_blank" rel="noreferrer" variant="default" leftSection={<IconFileTypePdf size={18} aria-hidden />}>
          {say('receipts.pdf')}
        </Button>
        <Button
          component="a"
          href={`${pdf}?paper=80mm`}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
        >
          {say('receipts.roll')}
        </Button>
        <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
          {say('receipts.copy')}
        </Button>
        <SendReceipt receipt={receipt} />
      </Group>
    </Stack>
  );
}

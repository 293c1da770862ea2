import type { ReceiptSettings } from '@holdfast/contract/receipts';
import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** How documents are numbered from now on, and what else stands on them. */
export function ReceiptSettingsDialog({ onClose }: { onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery({
    queryKey: ['receipts', here.id, 'settings'],
    queryFn: ({ signal }) => ask<ReceiptSettings>('GET', at(here.id, 'receipt-settings'), undefined, signal),
    staleTime: 0,
  });
  return (
    <Dialog title={say('receipts.settings.title')} onClose={onClose}>
      {!data && !error && <PageLoading />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {data && <Form settings={data} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ settings: { companyMissing: _companyMissing, ...settings }, onClose }: { settings: ReceiptSettings; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => ask<ReceiptSettings>('PUT', at(here.id, 'receipt-settings'), { ...draft, version: settings.version }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['receipts', here.id] });
      onClose();
    },
  });
  const wrong = (series: string) => (/^[A-Z0-9]{1,8}$/.test(series) ? undefined : say('receipts.settings.series_wrong'));
  const same = draft.receiptSeries === draft.creditNoteSeries ? say('receipts.settings.series_same') : undefined;
  const trouble = wrong(draft.receiptSeries) ?? wrong(draft.creditNoteSeries) ?? same;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!trouble) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={say('receipts.settings.receipt_series')}
          description={say('receipts.settings.series_hint')}
          value={draft.receiptSeries}
          maxLength={8}
          error={wrong(draft.receiptSeries)}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, receiptSeries: value.toUpperCase() })}
        />
        <TextInput
          label={say('receipts.settings.credit_note_series')}
          value={draft.creditNoteSeries}
          maxLength={8}
          error={wrong(draft.creditNoteSeries) ?? same}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, creditNoteSeries: value.toUpperCase() })}
        />
        <Checkbox
          label={say('receipts.settings.names_client')}
          checked={draft.namesClient}
          onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, namesClient: checked })}
        />
        <Textarea
          label={say('receipts.settings.footer')}
          value={draft.footer}
          maxLength={500}
          autosize
          minRows={2}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, footer: value })}
        />
        {save.error && <TroubleNotice error={save.error} />}
        <DialogFoot onCancel={onClose} pending={save.isPending} reason={may('finance.edit') ? trouble : say('frame.no_right')} />
      </Stack>
    </form>
  );
}

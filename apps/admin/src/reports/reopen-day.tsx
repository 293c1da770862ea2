import type { DayFigures } from '@holdfast/contract/reports';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { dayQuery, figuresOf } from './reports-queries.ts';

/** The owner takes the last closing back, and says why. */
export function ReopenDay({ day }: { day: string }) {
  const { say } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [because, setBecause] = useState('');
  const [missing, setMissing] = useState(false);
  const reopen = useMutation({
    mutationFn: () => ask<DayFigures>('POST', at(here.id, 'days', day, 'reopening'), { because }),
    onSuccess: (figures) => {
      queries.setQueryData(dayQuery(here.id, day).queryKey, figures);
      void queries.invalidateQueries({ queryKey: figuresOf(here.id) });
      setOpen(false);
      toast(say('reports.reopened'));
    },
  });
  return (
    <>
      <Button variant="default" size="xs" mt="sm" onClick={() => setOpen(true)} className="reports-no-print">
        {say('reports.reopen')}
      </Button>
      {open && (
        <Dialog title={say('reports.reopen')} onClose={() => setOpen(false)}>
          <Stack gap="md">
            <Textarea
              label={say('reports.because')}
              description={say('reports.reopen.more')}
              value={because}
              onChange={(event) => setBecause(event.currentTarget.value)}
              maxLength={300}
              autosize
              minRows={2}
              data-autofocus
              error={missing && because.trim() === '' ? say('frame.required') : undefined}
            />
            {reopen.isError && <TroubleNotice error={reopen.error} words={{ step_not_allowed: 'reports.trouble.not_last' }} />}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={() => setOpen(false)}>
                {say('frame.cancel')}
              </Button>
              <Button color="red.9" loading={reopen.isPending} onClick={() => (because.trim() === '' ? setMissing(true) : reopen.mutate())}>
                {say('reports.reopen')}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}

import type { CloseDayWish, DayFigures } from '@holdfast/contract/reports';
import { Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { type Counted, CountFields } from './count-fields.tsx';
import { dayQuery, figuresOf } from './reports-queries.ts';

/** Counting what is in the registers, and closing the day. */
export function CloseDayPart({ figures }: { figures: DayFigures }) {
  const { say, day: sayDay } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const [counted, setCounted] = useState<Readonly<Record<string, Counted>>>({});
  const [note, setNote] = useState('');
  const close = useMutation({
    mutationFn: (wish: CloseDayWish) => ask<DayFigures>('POST', at(here.id, 'days', figures.day, 'closing'), wish),
    onSuccess: (after) => {
      queries.setQueryData(dayQuery(here.id, figures.day).queryKey, after);
      void queries.invalidateQueries({ queryKey: figuresOf(here.id) });
      toast(say('reports.day_closed'));
    },
    // what the books say has moved: the fields show it, and what was typed stays
    onError: () => void queries.invalidateQueries({ queryKey: dayQuery(here.id, figures.day).queryKey }),
  });
  if (figures.mayClose === 'closed') return null;
  const registers = figures.money.flatMap(({ currency, places }) =>
    places.filter(({ kind }) => kind === 'cash' || kind === 'cashless').map((one) => ({ ...one, currency })),
  );
  const counts = registers.flatMap((register) => {
    const one = counted[register.id];
    return one && one.amountMinor !== null
      ? [{ registerId: register.id, booksMinor: register.endMinor, countedMinor: one.amountMinor, post: one.post }]
      : [];
  });
  const wrong = Object.values(counted).some((one) => one.wrong);
  const reason = {
    yes: wrong ? say('frame.not_an_amount') : undefined,
    right_missing: say('frame.no_right'),
    not_yet: say('reports.not_yet'),
  }[figures.mayClose];
  const askFirst = async () => {
    const isToday = figures.day === figures.today;
    const question = { title: say('reports.close_day.ask', { day: sayDay(figures.day) }), yes: say('reports.close_day') };
    if (await confirmed({ ...question, more: say(isToday ? 'reports.close_day.today' : 'reports.close_day.more') })) close.mutate({ counts, note });
  };
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="close-day" className="reports-no-print">
      <Stack gap="md">
        <div>
          <Title order={3} size="h5" id="close-day">
            {say('reports.close_day')}
          </Title>
          <Text size="sm" c="dimmed" mt={4}>
            {say('reports.close_day.about')}
          </Text>
        </div>
        {figures.mayClose === 'yes' && <CountFields registers={registers} counted={counted} onCounted={setCounted} />}
        {figures.mayClose === 'yes' && (
          <Textarea
            label={say('reports.note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
          />
        )}
        {close.isError && (
          <TroubleNotice
            error={close.error}
            words={{
              changed_meanwhile: 'reports.trouble.moved',
              day_is_closed: 'reports.trouble.closed',
              too_many_requests: 'reports.trouble.busy',
              right_missing: 'reports.trouble.register',
            }}
          />
        )}
        <ReasonButton
          reason={reason}
          onClick={() => void askFirst()}
          loading={close.isPending}
          leftSection={<IconLock size={18} aria-hidden />}
          w="fit-content"
        >
          {say('reports.close_day')}
        </ReasonButton>
      </Stack>
    </Paper>
  );
}

import type { Schedule, ScheduleChanged, StaleHours } from '@holdfast/contract/schedule';
import { List, Paper, Stack } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { Empty } from '../frame/empty.tsx';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { brushOf, firstBrush, HoursBrush, strokeOf } from './hours-brush.tsx';
import { HoursGrid, wordsOf } from './hours-grid.tsx';
import { addDays, weekdayOf } from './hours-text.ts';
import { OutsideNotice } from './outside-notice.tsx';
import type { ScheduleSearch } from './routes.tsx';
import { ScheduleTools } from './schedule-tools.tsx';
import { type Cell, useHoursDraft } from './use-hours-draft.ts';

/** Choose hours, paint them over people and days, Save. */
export function SchedulePainter({ schedule, view, from }: { schedule: Schedule; view: ScheduleSearch['view']; from: string }) {
  const { say, weekStartsOn, weekday, shortDay } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const draft = useHoursDraft(schedule);
  const [typed, setBrush] = useState(firstBrush);
  const [picking, setPicking] = useState(false);
  const [stale, setStale] = useState<readonly StaleHours[]>([]);
  useLeaveGuard(draft.dirty);
  const dates = view !== 'every-week';
  const brush = typed.kind === 'usual' && !dates ? firstBrush : typed;
  const days: readonly (number | string)[] = dates
    ? Array.from({ length: view === 'month' ? 28 : 7 }, (_, n) => addDays(from, n))
    : Array.from({ length: 7 }, (_, n) => ((weekStartsOn - 1 + n) % 7) + 1);
  const save = useMutation({
    mutationFn: () => ask<ScheduleChanged>('PUT', at(here.id, 'schedule'), { changes: [...draft.edits.values()] }),
    onSuccess: async () => {
      setStale([]);
      // first what is saved, then nothing on top of it: else the old hours would show in between
      await queries.invalidateQueries({ queryKey: ['schedule', here.id] });
      draft.clear();
      toast(say('frame.saved'));
    },
    onError: (error) => {
      if (error instanceof Trouble && error.code === 'changed_meanwhile') setStale((error.detail['stale'] ?? []) as StaleHours[]);
      void queries.invalidateQueries({ queryKey: ['schedule', here.id] });
    },
  });
  const onStroke = (cells: readonly Cell[]) => {
    const [first] = cells;
    if (picking && first) {
      const own = draft.own(first);
      const hours = own ?? (typeof first.day === 'string' ? draft.own({ staffId: first.staffId, day: weekdayOf(first.day) }) : null);
      setBrush(brushOf(hours ?? { works: [], breaks: [] }));
      setPicking(false);
      return;
    }
    const becomes = strokeOf(brush, dates);
    if (becomes !== undefined) draft.paint(cells.map((cell) => ({ ...cell, becomes })));
  };
  const copyWeek = (weeks: number) => {
    const week = Array.from({ length: 7 }, (_, n) => addDays(from, n));
    draft.paint(
      schedule.staff.flatMap(({ id: staffId }) =>
        week.flatMap((day) =>
          Array.from({ length: weeks }, (_, n) => addDays(day, 7 * (n + 1)))
            .filter((to) => to >= schedule.today)
            .map((to) => ({ staffId, day: to, becomes: draft.own({ staffId, day }) })),
        ),
      ),
    );
    toast(say('schedule.copied', { count: weeks }));
  };
  if (schedule.staff.length === 0) {
    return (
      <Paper withBorder>
        <Empty icon={<IconCalendarTime size={32} stroke={1.3} aria-hidden />} title={say('schedule.empty')} more={say('schedule.empty.more')} />
      </Paper>
    );
  }
  const nameOf = (staffId: string) => schedule.staff.find(({ id }) => id === staffId)?.name ?? '';
  return (
    <Stack gap="md">
      <ScheduleTools view={view} from={from} onCopyWeek={copyWeek} />
      <HoursBrush brush={brush} onChange={setBrush} dates={dates} picking={picking} onPick={setPicking} />
      <Paper withBorder style={{ overflow: 'hidden' }}>
        <HoursGrid schedule={schedule} days={days} draft={draft} onStroke={onStroke} />
      </Paper>
      {save.data && save.data.outside.length > 0 && !draft.dirty && <OutsideNotice outside={save.data.outside} />}
      {/* no box of its own: Save stays in sight beside the whole page */}
      <form
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.dirty && !save.isPending) save.mutate();
        }}
      >
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          words={{ step_not_allowed: 'schedule.over', too_large: 'schedule.too_many' }}
          changed={say('schedule.days', { count: draft.edits.size })}
          {...(draft.edits.size > 400 ? { reason: say('schedule.too_many') } : {})}
          {...(stale.length > 0
            ? {
                theirs: (
                  <List size="sm">
                    {stale.map(({ staffId, weekday: isoDay, day, now }) => (
                      <List.Item key={`${staffId} ${isoDay ?? day}`}>
                        {nameOf(staffId)}, {isoDay ? weekday(isoDay, 'long') : shortDay(day ?? '')}:{' '}
                        {now === null && day ? say('schedule.usual') : wordsOf(now, say)}
                      </List.Item>
                    ))}
                  </List>
                ),
              }
            : {})}
          onReset={() => {
            if (stale.length > 0) draft.drop(stale);
            else draft.clear();
            setStale([]);
            save.reset();
          }}
          onKeepMine={() => {
            draft.keep(stale);
            setStale([]);
            save.reset();
          }}
        />
      </form>
    </Stack>
  );
}

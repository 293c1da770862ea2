import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Part } from '../frame/part.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { bookablesQuery, termsOf } from './bookables-query.ts';
import { ChangeTrouble } from './change-trouble.tsx';
import { lengthOf } from './parts.ts';
import { ServiceRows } from './service-rows.tsx';
import type { Editing } from './use-editing.ts';

/** What is done and what it costs. */
export function ServicesPart({ editing }: { editing: Editing }) {
  const { say, minutes } = useWords();
  const may = useMay();
  const { now, trouble, saving } = editing;
  const { data: bookables, error, refetch } = useQuery(bookablesQuery(now.locationId));
  const { staffId } = editing.shown('time');
  const rows = editing.shown('services');
  const isMine = editing.unsaved.includes('services');
  const length = isMine ? lengthOf(rows, (id) => termsOf(bookables, staffId, id)?.durationMinutes) : undefined;
  return (
    <Part title={say('appointment.services')}>
      {trouble?.at === 'services' && <ChangeTrouble error={trouble.error} />}
      {error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      <ServiceRows
        bookables={bookables}
        staffId={staffId}
        rows={rows}
        onChange={(next) => editing.type('services', next)}
        currency={now.currency}
        mayPrice={may('calendar.price')}
        disabled={!may('calendar.edit') || now.lockedBecause !== null || saving}
        required
      />
      {length !== undefined && length !== now.durationMinutes && (
        <Text size="sm" c="dimmed" role="status">
          {say('appointment.length.follows', { length: minutes(length) })}
        </Text>
      )}
    </Part>
  );
}

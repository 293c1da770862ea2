import type { Calendar } from '@holdfast/contract/calendar';
import { useNetwork } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { codeOf, Trouble } from '../api.ts';
import { serverNow } from '../server-clock.ts';
import type { Live } from './follow-live.ts';

/**
 * Whether the server can be reached at all. A stream that is broken while readings succeed is no lost connection: then changes come once a minute.
 * Since when: the first sign of it, kept until a reading succeeds.
 */
export function useConnection({ failureReason, fetchStatus, error, dataUpdatedAt }: UseQueryResult<Calendar>, live: Live) {
  const unreachable = (trouble: unknown) => trouble instanceof Trouble && trouble.kind === 'offline';
  const { online } = useNetwork();
  const lost = !online || fetchStatus === 'paused' || unreachable(failureReason) || unreachable(error);
  const [since, setSince] = useState<{ atMs: number; reading: number }>();
  if (lost && since?.reading !== dataUpdatedAt)
    setSince({ atMs: live.kind === 'lost' ? Math.min(live.sinceMs, Date.now()) : Date.now(), reading: dataUpdatedAt });
  // moments are shown on the server's clock
  const ahead = serverNow() - Date.now();
  return {
    lostSinceMs: lost ? (since?.atMs ?? Date.now()) + ahead : undefined,
    quiet: !lost && (live.kind === 'lost' || live.kind === 'refused') && codeOf(error) === undefined,
  };
}

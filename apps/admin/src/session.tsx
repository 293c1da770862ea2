import type { Right } from '@holdfast/contract/rights';
import type { Session, SessionLocation } from '@holdfast/contract/session';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ask } from './api.ts';
import { setServerNow } from './server-clock.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await ask<Session>('GET', 'session', undefined, signal);
    setServerNow(session.now);
    return session;
  },
  staleTime: 60_000,
});

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The location in the address (`/admin/kyiv/…`); the first one where the address names none. */
export function useLocationHere(): SessionLocation {
  const session = useSession();
  const { location: slug } = useParams({ strict: false }) as { location?: string };
  const here = session.locations.find((one) => one.slug === slug) ?? session.locations[0];
  if (!here) throw new Error('somebody without any location sees no page of a location');
  return here;
}

/** `may('calendar.edit')`: what the user's role allows here. A screen disables by it and says so; the server refuses by it. */
export function useMay(): (right: Right) => boolean {
  const { rights } = useLocationHere();
  return (right) => rights.includes(right);
}

import type { LocationSettings } from '@holdfast/contract/location-settings';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { sessionQuery, useLocationHere } from '../session.tsx';

const settingsQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['location', locationId],
    queryFn: ({ signal }) => ask<LocationSettings>('GET', at(locationId, 'settings'), undefined, signal),
  });

export function useSettings() {
  return useQuery(settingsQuery(useLocationHere().id));
}

/** Saves one part; what comes back are all settings, so every form on the page stands on new ground. */
export function useSavePart<Wish>(part: 'business' | 'company' | 'booking') {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => ask<LocationSettings>('PUT', at(id, 'settings', part), wish),
    onSuccess: async (settings) => {
      queries.setQueryData(settingsQuery(id).queryKey, settings);
      // its name, its address and its languages are on every page
      if (part === 'business') await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    // somebody was faster: the form shows what is there now, beside what was typed
    onError: () => void queries.invalidateQueries({ queryKey: settingsQuery(id).queryKey }),
  });
}

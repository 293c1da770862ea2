import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocationHere } from '../session.tsx';
import { eventsOf } from './event-queries.ts';

/** Something is done to an event: everything that shows it is read anew, also after a refusal, which often means that somebody else was faster. */
export function useEventDeed<T>(deed: () => Promise<T>, onDone: (answer: T) => void) {
  const here = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: onDone,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: eventsOf(here.id) });
      for (const area of ['calendar', 'appointment', 'clients', 'refunds']) void queries.invalidateQueries({ queryKey: [area, here.id] });
    },
  });
}

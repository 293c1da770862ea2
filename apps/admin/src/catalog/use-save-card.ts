import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at, codeOf } from '../api.ts';
import { toast } from '../frame/toast.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Saves a card, puts the answer where it is shown, and reads it anew when somebody else was faster. */
export function useSaveCard<Card>(of: 'services' | 'staff', id: string, onSaved: (card: Card) => void) {
  const here = useLocationHere();
  const { say } = useWords();
  const queries = useQueryClient();
  const key = ['catalog', here.id, of, id];
  return useMutation({
    mutationFn: ({ path = [], body }: { path?: readonly string[]; body: unknown }) => ask<Card>('PUT', at(here.id, 'catalog', of, id, ...path), body),
    onSuccess: (card) => {
      queries.setQueryData(key, card);
      onSaved(card);
      toast(say('frame.saved'));
      // lists and the other side's cards say something else now
      void queries.invalidateQueries({ queryKey: ['catalog', here.id], predicate: ({ queryKey }) => queryKey[2] !== of || queryKey[3] !== id });
    },
    onError: (error) => {
      if (codeOf(error) === 'changed_meanwhile') void queries.invalidateQueries({ queryKey: key });
    },
  });
}

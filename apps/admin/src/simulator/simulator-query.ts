import type { Simulation, SimulationChoices, SimulationWish } from '@holdfast/contract/simulation';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

/** A copy of the salon is made first: longer than anything else takes. */
const LONGEST_MS = 65_000;

export function useSimulationChoices() {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['simulator', id],
    queryFn: ({ signal }) => ask<SimulationChoices>('GET', at(id, 'simulations', 'scenarios'), undefined, signal),
  });
}

/** Plays it; nothing anywhere is changed by it. */
export function usePlay() {
  const { id } = useLocationHere();
  return useMutation({
    mutationFn: (wish: SimulationWish) => ask<Simulation>('POST', at(id, 'simulations'), wish, undefined, LONGEST_MS),
  });
}

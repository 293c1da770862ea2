import type { Appointment } from '@holdfast/contract/calendar';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at, Trouble } from '../api.ts';
import { useWords } from '../words.tsx';
import { appointmentQuery } from './appointment-query.ts';
import { confirmOutsideHours } from './confirm-outside-hours.ts';
import { type NewWish, toAppointmentWish } from './new-wish.ts';

/** Makes the appointment; null: staff were told that it is outside working hours, and thought better of it. */
export function useNewAppointment({ locationId, timeZone }: { locationId: string; timeZone: string }) {
  const queries = useQueryClient();
  const { say } = useWords();
  const make = (wish: NewWish, outsideHours: boolean) =>
    ask<Appointment>('POST', at(locationId, 'appointments'), toAppointmentWish(wish, timeZone, outsideHours));
  return useMutation({
    mutationFn: async (wish: NewWish) => {
      try {
        return await make(wish, false);
      } catch (error) {
        if (!(error instanceof Trouble) || error.code !== 'outside_hours') throw error;
        if (!(await confirmOutsideHours(error, say))) return null;
        return make(wish, true);
      }
    },
    onSuccess: (made) => {
      if (made) queries.setQueryData(appointmentQuery(locationId, made.id).queryKey, made);
      for (const area of ['calendar', 'clients']) void queries.invalidateQueries({ queryKey: [area, locationId] });
      void queries.invalidateQueries({ queryKey: ['free-times'] });
    },
    onError: () => queries.invalidateQueries({ queryKey: ['free-times'] }),
  });
}

import type { Appointment } from '@holdfast/contract/calendar';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at, codeOf } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { useWords } from '../words.tsx';
import { appointmentQuery } from './appointment-query.ts';
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
        if (codeOf(error) !== 'outside_hours') throw error;
        const title = say('appointment.outside_hours');
        if (!(await confirmed({ title, more: say('appointment.outside_hours.more'), yes: say('appointment.outside_hours.yes') }))) return null;
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

import type { Appointment } from '@holdfast/contract/calendar';
import { queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

/** What the booking window shows; whoever hears that it has changed invalidates `['appointment', locationId]`. */
export function appointmentQuery(locationId: string, id: string) {
  return queryOptions({
    queryKey: ['appointment', locationId, id],
    queryFn: ({ signal }) => ask<Appointment>('GET', at(locationId, 'appointments', id), undefined, signal),
  });
}

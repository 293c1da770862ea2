import type { FastifyRequest } from 'fastify';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Place, Who } from '../access/who.ts';

/** What somebody sees of a location's calendar. */
export interface CalendarViewer {
  /** Without calendar.see_all: the one column they see, which is nobody's (`''`) for somebody who is no team member. Undefined: everybody's. */
  readonly onlyStaffId: string | undefined;
  readonly clients: boolean;
  readonly contacts: boolean;
  readonly place: Place;
  readonly who: Who;
}

/** Whoever asks, in a guarded route of a location. */
export function asViewer(request: FastifyRequest): CalendarViewer {
  const [who, place] = [whoOf(request), placeOf(request)];
  const { rights } = place;
  return {
    onlyStaffId: onlyColumnOf(place),
    clients: rights.has('clients.see'),
    contacts: rights.has('clients.contacts'),
    place,
    who,
  };
}

/** The one column that is seen from this place; undefined: everybody's. */
export function onlyColumnOf({ rights, staffId }: Place): string | undefined {
  return rights.has('calendar.see_all') ? undefined : (staffId ?? '');
}

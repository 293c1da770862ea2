import type { PublicEvents } from '@holdfast/contract/events';
import type { LocationPage } from '@holdfast/contract/location-page';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

/** What a link, or the widget on somebody's site, has chosen ahead for the client. */
export interface Chosen {
  readonly service: string | null;
  readonly staff: string | null;
  readonly event: string | null;
}
const nothing: Chosen = { service: null, staff: null, event: null };

/** What can be chosen ahead at a booking page, as its clients see it, and what is. */
export function useChosen(bookingPage: string) {
  const [chosen, setChosen] = useState(nothing);
  const place = placeOf(bookingPage);
  const page = useQuery({ queryKey: ['location-page', place], queryFn: () => ask<LocationPage>(place) });
  const events = useQuery({ queryKey: ['location-page', place, 'events'], queryFn: () => ask<PublicEvents>(`${place}/events`) });
  const { service } = chosen;
  return {
    chosen,
    services: page.data?.services ?? [],
    people: (page.data?.staff ?? []).filter((one) => !service || one.services.some(({ serviceId }) => serviceId === service)),
    events: events.data?.events ?? [],
    /** A service, a team member or both; or an event. */
    choose: (part: Partial<Chosen>) => setChosen({ ...nothing, ...('staff' in part ? { service } : {}), ...part }),
  };
}
export type Choice = ReturnType<typeof useChosen>;

/** `chain/location` */
export const placeOf = (bookingPage: string) => new URL(bookingPage).pathname.replace(/^\/book\//, '');

/** The booking page's address with all of it in. */
export function addressWith(bookingPage: string, link: string | undefined, chosen: Chosen): string {
  const address = new URL(bookingPage);
  if (link) address.searchParams.set('link', link);
  for (const [name, value] of Object.entries(chosen)) if (value) address.searchParams.set(name, value as string);
  return address.href;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(`/api/v1/locations/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Answer;
}

import type { StaffOffer } from '@holdfast/contract/location-page';
import { initials, readableInk } from '../readable-ink.ts';
import { Icon } from './icon.tsx';

/** Initials on the team member's colour, or the sign for "any team member". The name stands beside it. */
export function Avatar({ person }: { person: StaffOffer | null }) {
  if (!person) {
    return (
      <span class="avatar avatar-any" aria-hidden="true">
        <Icon name="people" />
      </span>
    );
  }
  return (
    <span class="avatar" aria-hidden="true" style={{ background: person.color, color: readableInk(person.color) }}>
      {initials(person.name)}
    </span>
  );
}

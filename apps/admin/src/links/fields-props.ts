import type { BookingLinks, LinkWish } from '@holdfast/contract/booking-links';

/** What every part of a booking link's form gets. */
export interface FieldsProps {
  readonly value: LinkWish;
  readonly settings: LinkWish['settings'];
  readonly place: BookingLinks['location'];
  change(part: Partial<LinkWish>): void;
  set(settings: Partial<LinkWish['settings']>): void;
}

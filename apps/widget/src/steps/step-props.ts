import type { LocationPage } from '@holdfast/contract/location-page';
import type { LocationAddress } from '../api.ts';
import type { BookingDraft, DraftAction } from '../booking-draft.ts';

export interface StepProps {
  page: LocationPage;
  at: LocationAddress;
  draft: BookingDraft;
  dispatch: (action: DraftAction) => void;
}

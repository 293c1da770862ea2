import type { Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { LocationAddress } from '../api.ts';
import type { BookingDraft, DraftAction } from '../booking-draft.ts';
import type { Step, WayFacts } from '../steps-path.ts';

export interface StepProps {
  page: LocationPage;
  at: LocationAddress;
  draft: BookingDraft;
  dispatch: (action: DraftAction) => void;
}

/** What a step gets that is a piece of its own. */
export interface LaterStepProps extends StepProps {
  quote: Quote | null;
  /** The steps of this booking, in order. */
  way: readonly Step[];
  facts: WayFacts;
  /** On to the next step, or to the booking if this was the last; the same as the bar's button. */
  goOn: () => void;
  /** Back to an earlier step. */
  goTo: (step: Step) => void;
  /** Faults are shown after the first try to go on, not while somebody is still typing. */
  showFaults: boolean;
  /** What somebody wants to wait for once more, as their link says; null: nothing. */
  again: string | null;
  /** Heard, or not wanted any more. */
  onAgain: () => void;
  /** The server could not read the number, though it looked like one. */
  phoneRefused: boolean;
}

import type { ScenarioGroup, SimulatedClient, SimulatedWay, SimulationEnd } from '@holdfast/contract/simulation';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import type { InLanguages, ProviderCapabilities } from '@holdfast/providers/payment-provider';
import type { PayAnswer } from '@holdfast/providers/sandbox-kit/sandbox';

/** Minute and second since the first booking: `14:59`. */
export type Minute = `${number}:${number}`;

/** What a client pays instead of what was asked. */
export type PaidAmiss = 'half' | 'another_currency';

/** One thing that somebody does: a client, the provider, the weather. `who` is the first client unless it is said. */
export type Step =
  /** The second client wants the same time of the same person. */
  | { readonly do: 'book'; readonly who?: SimulatedClient }
  /** Goes to pay, and opens the page they are sent to. */
  | { readonly do: 'go_to_pay'; readonly who?: SimulatedClient }
  | { readonly do: 'second_tab'; readonly who?: SimulatedClient }
  | { readonly do: 'pay'; readonly who?: SimulatedClient; readonly amiss?: PaidAmiss; readonly later?: boolean }
  /** What was decided later is decided now. */
  | { readonly do: 'decide'; readonly paid: boolean }
  | { readonly do: 'come_back'; readonly who?: SimulatedClient }
  | { readonly do: 'cancel'; readonly who?: SimulatedClient }
  | { readonly do: 'webhooks'; readonly how: 'send' | 'hold' | 'drop' }
  | { readonly do: 'release'; readonly times?: number; readonly shuffle?: boolean }
  | { readonly do: 'clock'; readonly at: Minute }
  /** Answers 500 until it is up again; `answerLost`: does the work once and hangs up. */
  | { readonly do: 'provider_down'; readonly at: 'create' | 'close' | 'any'; readonly answerLost?: boolean }
  | { readonly do: 'provider_up' }
  /** In the provider's dashboard; a part only where the provider gives back parts. */
  | { readonly do: 'give_back'; readonly part?: boolean }
  /** Somebody pays under our mark, and nobody here knows the reference. */
  | { readonly do: 'stranger_pays' };

/** What was seen on the way: what may be true in the end depends on it. */
export interface Seen {
  readonly way: SimulatedWay;
  readonly capabilities: ProviderCapabilities;
  /** What the provider answered each time somebody paid, in order. */
  readonly answers: readonly PayAnswer[];
}

/** What has to be true in the end. */
export interface MustBe {
  readonly outcome: SimulationEnd;
  readonly appointment: AppointmentStatus;
  readonly holder: SimulatedClient | null;
  /** What a person has to look at, each kind once. */
  readonly attention: readonly string[];
}

export interface Scenario {
  readonly id: string;
  readonly group: ScenarioGroup;
  readonly title: InLanguages;
  readonly story: InLanguages;
  readonly ways: readonly SimulatedWay[];
  readonly steps: readonly Step[];
  /** What the provider may answer to each payment; undefined: whatever it answers. */
  readonly answers: (seen: Omit<Seen, 'answers'>) => readonly (readonly PayAnswer[])[];
  readonly ends: (seen: Seen) => MustBe;
}

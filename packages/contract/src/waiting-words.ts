/** How an entry of a waiting list stands. No zod here: screens read these too. */
export const waitingStatuses = ['waiting', 'offered', 'taken', 'lapsed', 'withdrawn', 'over'] as const;
export type WaitingStatus = (typeof waitingStatuses)[number];

/** By what an offer becomes a booking: the client takes and pays it, or it is taken at once from their account, or by a membership. */
export const waitingPromises = ['pay', 'account', 'membership'] as const;
export type WaitingPromise = (typeof waitingPromises)[number];

/** What is written down about a line. */
export const waitingSteps = [
  'joined',
  'offered',
  'skipped',
  'promise_failed',
  'taken',
  'lapsed',
  'passed',
  'withdrawn',
  'removed',
  'moved',
  'over',
] as const;
export type WaitingStep = (typeof waitingSteps)[number];

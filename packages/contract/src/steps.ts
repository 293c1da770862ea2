export const appointmentStatuses = ['held', 'waiting', 'confirmed', 'arrived', 'no_show', 'expired', 'cancelled'] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** From where each step may be taken. The server refuses by it; a screen disables its button by it and says why. */
export const appointmentSteps = {
  confirm: ['held', 'waiting'],
  expire: ['held'],
  restore: ['expired'],
  arrive: ['waiting', 'confirmed'],
  undoArrive: ['arrived'],
  markNoShow: ['waiting', 'confirmed'],
  undoNoShow: ['no_show'],
  cancel: ['held', 'waiting', 'confirmed'],
} as const satisfies Record<string, readonly AppointmentStatus[]>;
export type AppointmentStep = keyof typeof appointmentSteps;

/** The steps that staff take in the booking window; the others are the clock's, the client's or a payment's. */
export const staffSteps = ['confirm', 'arrive', 'undoArrive', 'markNoShow', 'undoNoShow'] as const satisfies readonly AppointmentStep[];
export type StaffStep = (typeof staffSteps)[number];

/** The statuses in which an appointment takes its team member's time. */
export const occupyingStatuses = ['held', 'waiting', 'confirmed', 'arrived', 'no_show'] as const satisfies readonly AppointmentStatus[];

export function mayStep(step: AppointmentStep, from: AppointmentStatus): boolean {
  return (appointmentSteps[step] as readonly AppointmentStatus[]).includes(from);
}

/** A payment attempt's life. `intended`: our row is there, the provider may or may not know of it. */
export const attemptStatuses = ['intended', 'open', 'processing', 'captured', 'failed', 'closed'] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

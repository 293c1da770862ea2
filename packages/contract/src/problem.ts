import { z } from 'zod';

/** Every refusal's stable name. A client may switch on it; the sentence beside it may change. */
export const problemCodes = [
  'invalid_request',
  'too_large',
  'not_found',
  'method_not_allowed',
  'time_taken',
  'time_not_offered',
  'quote_changed',
  'booking_already_made',
  'payment_in_progress',
  'too_many_holds',
  'too_many_requests',
  'consent_needed',
  'invalid_phone',
  'nothing_to_pay',
  'hold_run_out',
  'payment_unavailable',
  'provider_unreachable',
  'too_late_to_cancel',
  'step_not_allowed',
  'choice_already_made',
  'signature_refused',
  'not_in_demo',
  'not_signed_in',
  'right_missing',
  'wrong_credentials',
  'choose_chain',
  'second_factor_needed',
  'link_run_out',
  'weak_password',
  'changed_meanwhile',
  'already_there',
  'still_used',
  'last_owner',
  'not_yourself',
  'outside_hours',
  'credentials_refused',
  'foreign_origin',
  'not_by_key',
  'event_full',
  'phone_not_confirmed',
  'wrong_code',
  'membership_needed',
  'membership_not_usable',
  'offer_run_out',
  'not_enough_on_account',
  'more_than_left',
  'day_is_closed',
  'second_person_needed',
  'unreadable_file',
  'not_ready',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** The one shape of every error answer (after RFC 9457, with our code and the request's id). */
export const problemShape = z
  .object({
    code: z.enum(problemCodes),
    title: z.string().describe('One English sentence for a developer; screens have their own words for the code.'),
    requestId: z.string(),
    detail: z.record(z.string(), z.unknown()).describe('Facts that go with the code, such as retryAt or the changed quote.'),
  })
  .meta({ id: 'Problem' });
export type ProblemAnswer = z.infer<typeof problemShape>;

import { z } from 'zod';

/** What a service and a team member each carry (seed "Configuring online payment"). */
export const onlinePaymentStatuses = ['not_available', 'available', 'required'] as const;
export const onlinePaymentStatusShape = z.enum(onlinePaymentStatuses);
export type OnlinePaymentStatus = z.infer<typeof onlinePaymentStatusShape>;

/** Which side decided, so that everybody who asks "why?" gets the same answer. */
export const policyReasons = [
  'method_off', // online payment is switched off at this location, or no provider is connected
  'service_not_available',
  'staff_not_available',
  'both_not_available',
  'service_required',
  'staff_required',
  'both_required',
  'both_available',
  'service_available', // precedence "enabling" only: the other side says not_available
  'staff_available',
  'price_is_zero', // nothing to ask for
  'below_provider_minimum', // the provider cannot charge so little
] as const;
export const policyShape = z.object({ status: onlinePaymentStatusShape, reason: z.enum(policyReasons) }).meta({ id: 'OnlinePaymentPolicy' });
export type OnlinePaymentPolicy = z.infer<typeof policyShape>;

export const precedences = ['strict', 'enabling'] as const;
export type Precedence = (typeof precedences)[number];

/** A code is good for this long. */
export const CODE_MINUTES = 5;
/** How long one waits before another can be asked for. */
export const RESEND_SECONDS = 60;
/** What was confirmed is good for its draft so long. The database knows it too (phone_is_confirmed). */
export const CONFIRMED_HOURS = 24;

/** What keeps codes from being asked for by the thousand: each costs the salon money, and whoever owns the numbers may earn by it. */
export const limits = {
  perPhoneInADay: 5,
  perAddressInAnHour: 20,
  /** Unless the owner says otherwise. */
  perLocationInADay: 200,
  /** How long a prefix stays blocked, if nobody lifts it. */
  blockDays: 7,
} as const;

/**
 * The beginnings of a number by which its neighbours are counted: the block of 10,000 it lies in, and its operator or area (10 million). So many different
 * numbers of each may be asked for in a day while hardly any is confirmed; the next is sent nothing, and neither is any after it.
 */
export function prefixesOf(phone: string): readonly { readonly prefix: string; readonly numbers: number }[] {
  return [
    { prefix: phone.slice(0, Math.max(-4 + phone.length, 3)), numbers: 20 },
    { prefix: phone.slice(0, Math.max(-7 + phone.length, 3)), numbers: 60 },
  ];
}

export function codeTimes(askedAt: Date): { readonly resendAt: Date; readonly expiresAt: Date } {
  return { resendAt: new Date(askedAt.getTime() + RESEND_SECONDS * 1000), expiresAt: new Date(askedAt.getTime() + CODE_MINUTES * 60_000) };
}

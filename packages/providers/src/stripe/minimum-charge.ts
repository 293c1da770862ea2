/**
 * The smallest charge that Stripe takes, in our minor units. Source: docs.stripe.com/currencies, "Minimum and maximum charge amounts". The
 * figures are per settlement currency; they hold as they stand for an account that is paid out in the currency it charges in.
 */
// biome-ignore format: a table reads better as one
const published: Readonly<Record<string, bigint>> = {
  USD: 50n, AED: 2_00n, AUD: 50n, BGN: 1_00n, BRL: 50n, CAD: 50n, CHF: 50n, CZK: 15_00n, DKK: 2_50n, EUR: 50n, GBP: 30n, HKD: 4_00n,
  HUF: 175_00n, INR: 50n, JPY: 50n, MXN: 10_00n, MYR: 2_00n, NOK: 3_00n, NZD: 50n, PLN: 2_00n, RON: 2_00n, SEK: 3_00n, SGD: 50n, THB: 10_00n,
};

/**
 * For the other currencies Stripe publishes nothing: such a charge is converted and must then be worth the minimum of the currency the account
 * is paid out in. These are about one US dollar each, rounded up, which is above every published minimum but Hong Kong's with room for rates
 * to move. Too high only warns an owner early; too low would let a client meet a refusal.
 */
// biome-ignore format: a table reads better as one
const cautious: Readonly<Record<string, bigint>> = {
  ARS: 2000_00n, BHD: 400n, BIF: 3500n, CLP: 1000n, CNY: 8_00n, COP: 4500_00n, DJF: 200n, EGP: 60_00n, GEL: 3_00n, GNF: 10_000n,
  IDR: 18_000_00n, ILS: 4_00n, ISK: 150n, JOD: 750n, KES: 150_00n, KMF: 500n, KRW: 1500n, KWD: 350n, KZT: 600_00n, MAD: 11_00n, MDL: 20_00n,
  MGA: 5000_00n, OMR: 400n, PEN: 4_00n, PHP: 65_00n, PYG: 8500n, QAR: 4_00n, RSD: 120_00n, RWF: 1600n, SAR: 4_00n, TND: 3500n, TRY: 60_00n,
  TWD: 35_00n, UAH: 50_00n, UGX: 4000n, UYU: 45_00n, UZS: 14_000_00n, VND: 28_000n, VUV: 130n, XAF: 650n, XOF: 650n, XPF: 120n, ZAR: 20_00n,
};

/** Smallest amount to ask for through Stripe, in minor units; for a currency nobody has a figure for, one hundred of its minor units. */
export function stripeMinimumChargeMinor(currency: string): bigint {
  return published[currency] ?? cautious[currency] ?? 100n;
}

/** What a country usually means for a salon: a first idea for the form, to be changed by whoever fills it in. */
interface Usual {
  readonly currency: string;
  readonly timeZone: string;
  readonly language: 'en' | 'uk' | 'pt';
}

const usual: Readonly<Record<string, readonly [currency: string, timeZone: string, language?: 'uk' | 'pt']>> = {
  AE: ['AED', 'Asia/Dubai'],
  AT: ['EUR', 'Europe/Vienna'],
  AU: ['AUD', 'Australia/Sydney'],
  BE: ['EUR', 'Europe/Brussels'],
  BG: ['EUR', 'Europe/Sofia'],
  BR: ['BRL', 'America/Sao_Paulo', 'pt'],
  CA: ['CAD', 'America/Toronto'],
  CH: ['CHF', 'Europe/Zurich'],
  CY: ['EUR', 'Asia/Nicosia'],
  CZ: ['CZK', 'Europe/Prague'],
  DE: ['EUR', 'Europe/Berlin'],
  DK: ['DKK', 'Europe/Copenhagen'],
  EE: ['EUR', 'Europe/Tallinn'],
  ES: ['EUR', 'Europe/Madrid'],
  FI: ['EUR', 'Europe/Helsinki'],
  FR: ['EUR', 'Europe/Paris'],
  GB: ['GBP', 'Europe/London'],
  GE: ['GEL', 'Asia/Tbilisi'],
  GR: ['EUR', 'Europe/Athens'],
  HR: ['EUR', 'Europe/Zagreb'],
  HU: ['HUF', 'Europe/Budapest'],
  IE: ['EUR', 'Europe/Dublin'],
  IL: ['ILS', 'Asia/Jerusalem'],
  IN: ['INR', 'Asia/Kolkata'],
  IT: ['EUR', 'Europe/Rome'],
  JP: ['JPY', 'Asia/Tokyo'],
  KZ: ['KZT', 'Asia/Almaty'],
  LT: ['EUR', 'Europe/Vilnius'],
  LU: ['EUR', 'Europe/Luxembourg'],
  LV: ['EUR', 'Europe/Riga'],
  MD: ['MDL', 'Europe/Chisinau'],
  MT: ['EUR', 'Europe/Malta'],
  MX: ['MXN', 'America/Mexico_City'],
  NL: ['EUR', 'Europe/Amsterdam'],
  NO: ['NOK', 'Europe/Oslo'],
  NZ: ['NZD', 'Pacific/Auckland'],
  PL: ['PLN', 'Europe/Warsaw'],
  PT: ['EUR', 'Europe/Lisbon', 'pt'],
  RO: ['RON', 'Europe/Bucharest'],
  RS: ['RSD', 'Europe/Belgrade'],
  SE: ['SEK', 'Europe/Stockholm'],
  SG: ['SGD', 'Asia/Singapore'],
  SI: ['EUR', 'Europe/Ljubljana'],
  SK: ['EUR', 'Europe/Bratislava'],
  TR: ['TRY', 'Europe/Istanbul'],
  UA: ['UAH', 'Europe/Kyiv', 'uk'],
  US: ['USD', 'America/New_York'],
  UZ: ['UZS', 'Asia/Tashkent'],
  ZA: ['ZAR', 'Africa/Johannesburg'],
};

export const countries: readonly string[] = Object.keys(usual);
export const currencies: readonly string[] = [...new Set(Object.values(usual).map(([currency]) => currency))];

export function usualOf(country: string): Usual | undefined {
  const found = usual[country];
  return found && { currency: found[0], timeZone: found[1], language: found[2] ?? 'en' };
}

/** Currencies of the countries Viva serves, by their ISO 4217 number; all of them count in hundredths. */
const merchantCurrencies: Readonly<Record<string, string>> = {
  EUR: '978',
  GBP: '826',
  BGN: '975',
  CZK: '203',
  DKK: '208',
  HUF: '348',
  NOK: '578',
  PLN: '985',
  RON: '946',
  SEK: '752',
};

/** Only what the provider may take amiss. */
const others: Readonly<Record<string, string>> = { USD: '840', CHF: '756', UAH: '980', BRL: '986' };

export function numberOf(currency: string): string {
  const code = merchantCurrencies[currency] ?? others[currency];
  if (code === undefined) throw new Error(`the Viva sandbox does not know ${currency}`);
  return code;
}

/** The currency a merchant may ask for by this number; `undefined`: Viva does not take it. */
export function currencyOf(code: string): string | undefined {
  return Object.keys(merchantCurrencies).find((currency) => merchantCurrencies[currency] === code.padStart(3, '0'));
}

/** As a person reads it. */
export function formatAmount(amountMinor: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2 }).format(
    amountMinor / 100,
  );
}

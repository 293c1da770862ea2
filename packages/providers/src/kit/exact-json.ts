type ExactReviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

/**
 * JSON in which every number stays the text it was written as: `10.1` → `'10.1'`, `6502894200000000001` → `'6502894200000000001'`. A number of JavaScript
 * would have lost the last digits of an id of 64 bits, and made an amount of money almost right. Shapes read such texts with `z.string()`, whole
 * ones with {@link wholeNumber}. Throws a SyntaxError for what is not JSON.
 */
export function readExactJson(text: string): unknown {
  const keep: ExactReviver = (_key, value, { source }) => (typeof value === 'number' ? (source ?? String(value)) : value);
  // the third argument is in the standard (ES2026) before it is in the types
  return JSON.parse(text, keep as Parameters<typeof JSON.parse>[1]);
}

/** A number for `JSON.stringify` that is written as this very text: `JSON.stringify({ amount: asWritten('750.10') })` → `{"amount":750.10}`. */
export function asWritten(numberText: string): object {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(numberText)) throw new RangeError(`${numberText} is not a decimal number`);
  return (JSON as unknown as { rawJSON(text: string): object }).rawJSON(numberText);
}

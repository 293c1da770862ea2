import { foldText } from '@holdfast/contract/fold-text';

/**
 * What each word of a search has to be found as, anywhere in a client's search text: words without accents and capitals; a telephone number as its
 * digits, without the zeros it is dialled with at home (067… is kept as +38067…). Empty: everybody.
 */
export function searchPatterns(search: string): readonly string[] {
  const text = search.trim();
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (/^[\d\s()+./-]+$/.test(text)) return digits === '' ? [] : [anywhere(digits)];
  return foldText(text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 6)
    .map(anywhere);
}

function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, (one) => `\\${one}`)}%`;
}

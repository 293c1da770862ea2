import type { MoneyFigures } from '@holdfast/contract/reports';

/**
 * Do the books say the same as when the day was closed? Names are no figures: a register may be called otherwise since. A place or a currency that was not
 * there yet, in which nothing stood or moved, is no difference either.
 */
export function sameMoney(then: readonly MoneyFigures[], now: readonly MoneyFigures[]): boolean {
  return figuresOf(then) === figuresOf(now);
}

function figuresOf(money: readonly MoneyFigures[]): string {
  const all = money.map(({ places, ...figures }) => ({
    ...figures,
    places: places
      .filter((one) => one.startMinor !== 0 || one.inMinor !== 0 || one.outMinor !== 0 || one.endMinor !== 0)
      .map(({ id, startMinor, inMinor, outMinor, endMinor }) => [id, startMinor, inMinor, outMinor, endMinor])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    items: figures.items.map(({ itemId, inMinor, outMinor }) => [itemId, inMinor, outMinor]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  }));
  return JSON.stringify(
    all.sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    // a database keeps no order of names
    (_name, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
}

import type { MoneyFigures } from '@holdfast/contract/reports';
import { FIGURES_BY, type FiguresBy } from './money-figures.ts';

/** By which meanings of its figures a closing may have been made; before that was kept, by any. */
export function closedBy({ figuresBy }: { readonly figuresBy: number | null }): readonly FiguresBy[] {
  return figuresBy === null ? [FIGURES_BY, 1] : [figuresBy === 1 ? 1 : FIGURES_BY];
}

/**
 * Do the books say the same as when the day was closed? Names are no figures: a register may be called otherwise since. A place or a currency that was not
 * there yet, in which nothing stood or moved, is no difference either.
 */
export function sameMoney(then: readonly MoneyFigures[], now: readonly MoneyFigures[]): boolean {
  return figuresOf(then) === figuresOf(now);
}

function figuresOf(money: readonly MoneyFigures[]): string {
  const all = money.map(({ places, ...figures }) => ({
    // not there before there were disputes
    ...Object.assign({ disputesMinor: 0 }, figures),
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

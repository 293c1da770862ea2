import type { SalonCatalog } from '@holdfast/contract/catalog';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { type TextKey, useWords } from '../words.tsx';
import { taxName } from './tax-field.tsx';

const labels: Readonly<Record<string, TextKey>> = {
  name: 'catalog.name',
  description: 'catalog.description',
  about: 'catalog.about',
  color: 'catalog.color',
  categoryId: 'catalog.category',
  positionId: 'catalog.position',
  priceMinMinor: 'catalog.price_from',
  priceMaxMinor: 'catalog.price_to',
  durationMinutes: 'catalog.duration',
  bufferBeforeMinutes: 'catalog.buffer_before',
  bufferAfterMinutes: 'catalog.buffer_after',
  tax: 'catalog.tax',
  onlineBooking: 'catalog.online_booking',
  onlinePayment: 'catalog.online_payment',
};

/** A card's fields and values in words, for what has changed. `pairs`: key of a pair → name of the other side. */
export function useShowField(pairs: ReadonlyMap<string, string>, lists: SalonCatalog) {
  const words = useWords();
  const { say, money, minutes } = words;
  const labelOf = (key: string) => {
    const label = labels[key];
    return label ? say(label) : (pairs.get(key) ?? key);
  };
  const showOf = (key: string, value: unknown): string | undefined => {
    if (key.startsWith('with ')) return say(value ? 'catalog.does' : 'catalog.does_not');
    switch (key) {
      case 'categoryId':
        return lists.categories.find(({ id }) => id === value)?.name;
      case 'positionId':
        return lists.positions.find(({ id }) => id === value)?.name ?? say('catalog.no_position');
      case 'priceMinMinor':
      case 'priceMaxMinor':
        return typeof value === 'number' ? money(value, lists.currency) : '';
      case 'durationMinutes':
      case 'bufferBeforeMinutes':
      case 'bufferAfterMinutes':
        return minutes(Number(value));
      case 'onlineBooking':
        return say(value ? 'catalog.on' : 'catalog.off');
      case 'onlinePayment':
        return say(`catalog.payment.${value as OnlinePaymentStatus}`);
      case 'tax':
        return taxName(words, lists.taxes, String(value));
      case 'name':
      case 'color':
        return String(value);
      default:
        return undefined;
    }
  };
  return { labelOf, showOf };
}

import { operations, standardItems } from '@holdfast/contract/operations';
import type { MoneyPlace } from '@holdfast/contract/reports';
import type { TextKey, Words } from '../words.tsx';

/** What a payment item is called: a standard one by our words, an own one by its name. */
export function itemName(say: Words['say'], { itemId, name }: { itemId: string; name: string }): string {
  if (itemId in standardItems) return say(`reports.item.${itemId}` as TextKey);
  const operation = operations.find((one) => itemId === `operation/${one}`);
  return operation ? say(`reports.operation.${operation}` as TextKey) : name || itemId;
}

export function placeName(say: Words['say'], { name }: Pick<MoneyPlace, 'name'>): string {
  return name === 'main' || name === 'card' ? say(`cashless.register.${name}`) : name;
}

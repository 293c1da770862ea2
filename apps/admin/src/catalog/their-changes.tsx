import { List } from '@mantine/core';
import { type Draft, same } from '../frame/use-draft.ts';
import { useWords } from '../words.tsx';

/** The fields that differ, the version left out. */
export function changedKeys(one: object, other: object): readonly string[] {
  const value = (of: object, key: string) => (of as Record<string, unknown>)[key];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => key !== 'version' && !same(value(one, key), value(other, key)));
}

/** Which fields somebody else has changed meanwhile, to what, and which of them I have changed as well. */
export function TheirChanges<T extends object>({
  draft: { base, value, theirs },
  labelOf,
  showOf,
}: {
  draft: Draft<T>;
  labelOf: (key: string) => string;
  showOf: (key: string, value: unknown) => string | undefined;
}) {
  const { say } = useWords();
  if (!theirs) return null;
  const mine = changedKeys(base, value);
  const shown = (key: string, of: object) => showOf(key, (of as Record<string, unknown>)[key]);
  return (
    <List size="sm">
      {changedKeys(base, theirs).map((key) => {
        const now = shown(key, theirs);
        const typed = mine.includes(key) ? (shown(key, value) ?? '…') : undefined;
        return (
          <List.Item key={key}>
            {now === undefined ? labelOf(key) : say('catalog.theirs.field', { field: labelOf(key), value: now })}
            {typed !== undefined && ` ${say('catalog.theirs.yours', { value: typed })}`}
          </List.Item>
        );
      })}
    </List>
  );
}

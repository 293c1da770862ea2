import { Box, Text } from '@mantine/core';
import { useWords } from '../words.tsx';

export interface Fall {
  readonly key: string;
  readonly label: string;
  /** What it adds, or takes below zero; of a sum, the sum itself. */
  readonly amountMinor: number;
  readonly isSum?: boolean;
  readonly tone: 'come' | 'go' | 'sum' | 'wrong';
}

const colours = {
  come: 'var(--mantine-color-holdfast-5)',
  go: 'var(--mantine-color-orange-6)',
  sum: 'var(--mantine-color-holdfast-8)',
  wrong: 'var(--hf-bad)',
};

/** How sums become one another, as bars that hang where the one before ended. The figures stand beside them, so that nobody needs the picture. */
export function Waterfall({ falls, currency, label }: { falls: readonly Fall[]; currency: string; label: string }) {
  const { money } = useWords();
  let level = 0;
  const bars = falls.map((fall) => {
    const [from, to] = fall.isSum ? [0, fall.amountMinor] : [level, level + fall.amountMinor];
    level = to;
    return { ...fall, low: Math.min(from, to), high: Math.max(from, to) };
  });
  const top = Math.max(1, ...bars.map(({ high }) => high));
  const bottom = Math.min(0, ...bars.map(({ low }) => low));
  const share = (amount: number) => (100 * amount) / (top - bottom);
  return (
    <Box component="dl" m={0} aria-label={label} style={{ display: 'grid', gap: 10 }}>
      {bars.map(({ key, label: name, amountMinor, tone, low, high, isSum }) => (
        <Box key={key} style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: '4px 12px', alignItems: 'baseline' }}>
          <Text component="dt" size="sm" fw={isSum ? 650 : 400}>
            {name}
          </Text>
          <Text component="dd" m={0} size="sm" fw={isSum ? 650 : 500} style={{ whiteSpace: 'nowrap' }}>
            {!isSum && amountMinor > 0 ? '+' : ''}
            {money(amountMinor, currency)}
          </Text>
          <Box
            component="dd"
            aria-hidden
            m={0}
            h={isSum ? 18 : 14}
            bg="var(--hf-sunken)"
            style={{ gridColumn: '1 / -1', borderRadius: 4, position: 'relative', overflow: 'hidden' }}
          >
            <Box
              h="100%"
              style={{
                position: 'absolute',
                insetInlineStart: `${share(low - bottom)}%`,
                width: `max(${share(high - low)}%, ${amountMinor === 0 ? 0 : 3}px)`,
                background: colours[tone],
                borderRadius: 3,
                printColorAdjust: 'exact',
              }}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

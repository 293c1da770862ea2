import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** In colours whose words can be read, light and dark. */
const looks = {
  good: { color: 'green', c: 'var(--hf-good)' },
  bad: { color: 'red', c: 'var(--hf-bad)' },
  waits: { color: 'yellow', c: 'var(--hf-warm-ink)', bg: 'var(--hf-warm-soft)' },
  off: { color: 'gray', c: 'var(--mantine-color-text)' },
} as const;

/** How it stands with what is sent: in words, not by colour alone. */
export function StateBadge({ look, children }: { look: keyof typeof looks; children: ReactNode }) {
  return (
    <Badge variant="light" tt="none" {...looks[look]}>
      {children}
    </Badge>
  );
}

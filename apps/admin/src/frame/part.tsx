import { Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** One part of the booking window, or with `order` 2 of a page, with its heading. */
export function Part({ title, order = 3, hideTitle = false, children }: { title: string; order?: 2 | 3; hideTitle?: boolean; children: ReactNode }) {
  const id = useId();
  if (hideTitle) return <Stack gap="sm">{children}</Stack>;
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={order} size="h5" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

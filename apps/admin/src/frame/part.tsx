import { Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** One part of the booking window, with its heading. */
export function Part({ title, hideTitle = false, children }: { title: string; hideTitle?: boolean; children: ReactNode }) {
  const id = useId();
  if (hideTitle) return <Stack gap="sm">{children}</Stack>;
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={3} size="h5" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

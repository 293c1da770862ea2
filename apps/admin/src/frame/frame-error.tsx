import { Box } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { TroubleNotice } from './trouble-notice.tsx';

export function FrameError({ error, reset }: ErrorComponentProps) {
  return (
    <Box component="main" p="xl" maw={640}>
      <TroubleNotice error={error} onRetry={reset} />
    </Box>
  );
}

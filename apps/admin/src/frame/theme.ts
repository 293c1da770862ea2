import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The green of the booking page, so that both sides are one product. */
const holdfast: MantineColorsTuple = ['#e9f6f3', '#d3ebe6', '#a6d8ce', '#76c4b5', '#4fb3a0', '#2f9a87', '#17806f', '#0d5f57', '#094a44', '#063733'];

export const theme = createTheme({
  primaryColor: 'holdfast',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  colors: { holdfast },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

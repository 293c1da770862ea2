import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The green of the booking page, so that both sides are one product. */
const holdfast: MantineColorsTuple = ['#e9f6f3', '#d3ebe6', '#a6d8ce', '#76c4b5', '#4fb3a0', '#2f9a87', '#17806f', '#0d5f57', '#094a44', '#063733'];

/** Greys of the dark scheme, with the page's touch of green: text first, the ground of a page last. */
const dark: MantineColorsTuple = ['#d5dbd8', '#bcc4c0', '#98a29e', '#7f8a86', '#3d4644', '#313837', '#232928', '#1b201f', '#161a19', '#121615'];

export const theme = createTheme({
  primaryColor: 'holdfast',
  // dark enough for white words on it, in both schemes
  primaryShade: { light: 7, dark: 6 },
  colors: { holdfast, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

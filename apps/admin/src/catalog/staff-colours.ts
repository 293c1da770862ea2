/** Colours of calendar columns that can be told apart, also by those who see fewer of them, on light and on dark. */
export const staffColours: readonly [string, ...string[]] = [
  '#0d5f57',
  '#3f6fb5',
  '#a3522b',
  '#7a4fa3',
  '#5d7a1f',
  '#b03a6b',
  '#2b7f99',
  '#8a6d1d',
  '#5a5f8c',
  '#7c6f64',
];

/** A field that cannot be changed just now is still there to be read. */
export const readable = { input: { color: 'var(--mantine-color-text)', opacity: 1, WebkitTextFillColor: 'var(--mantine-color-text)' } } as const;

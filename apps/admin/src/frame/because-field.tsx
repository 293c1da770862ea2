import { Textarea } from '@mantine/core';

/** In a few words, why: what is undone or turned down is never so without a reason. */
export function BecauseField({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  return (
    <Textarea
      label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={error}
      maxLength={300}
      required
      autosize
      minRows={2}
      data-autofocus
    />
  );
}

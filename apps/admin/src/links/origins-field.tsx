import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words.tsx';
import type { FieldsProps } from './fields-props.ts';
import { wrongOrigin } from './link-fault.ts';

/** Which sites clients are led back to after paying. */
export function OriginsField({ value, change }: Pick<FieldsProps, 'value' | 'change'>) {
  const { say } = useWords();
  // as it is typed: an empty line in between is no origin yet
  const [typed, setTyped] = useState(value.allowedOrigins.join('\n'));
  const wrong = wrongOrigin(value.allowedOrigins);
  const shown = originsOf(typed).join() === value.allowedOrigins.join() ? typed : value.allowedOrigins.join('\n');
  return (
    <Textarea
      label={say('links.origins')}
      description={say('links.origins.about')}
      error={wrong && say('links.origins.wrong', { origin: wrong })}
      value={shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        change({ allowedOrigins: originsOf(event.currentTarget.value) });
      }}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
    />
  );
}

function originsOf(text: string): string[] {
  const lines = text.split(/\s+/).map((line) => line.trim().toLowerCase().replace(/\/$/, ''));
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, 20);
}

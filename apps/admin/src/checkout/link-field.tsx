import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../words.tsx';

/** The link itself: to be looked at, and to be copied by hand where the browser does not let us. */
export function LinkField({ url, selected }: { url: string; selected: boolean }) {
  const { say } = useWords();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!selected) return;
    field.current?.focus();
    field.current?.select();
  }, [selected]);
  return (
    <TextInput
      ref={field}
      label={say('checkout.link.field')}
      value={url}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      description={selected ? <span role="alert">{say('checkout.link.by_hand')}</span> : undefined}
      inputWrapperOrder={['label', 'input', 'description']}
    />
  );
}

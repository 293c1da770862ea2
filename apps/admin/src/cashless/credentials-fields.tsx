import type { CredentialFieldShown } from '@holdfast/contract/cashless';
import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useWords } from '../words.tsx';
import { CredentialField, type Kept } from './credential-field.tsx';

export type Typed = Readonly<Record<string, string>>;

/** Does what was typed look like this field's values? Said while typing; the server and the provider have the last word. */
export function looksRight({ name, kind, optional, pattern }: CredentialFieldShown, typed: Typed): boolean {
  const value = typed[name]?.trim() ?? '';
  if (kind === 'choice') return true;
  if (value === '') return optional;
  return pattern === null || kind === 'file' || new RegExp(pattern).test(value);
}

/** A provider's credentials, drawn from what its adapter asks for. `kept`: what is saved already, so that only what is to change is typed. */
export function CredentialsFields({
  fields,
  typed,
  wrong,
  kept,
  onChange,
}: {
  fields: readonly CredentialFieldShown[];
  typed: Typed;
  /** Fields that the server refused. */
  wrong: readonly string[];
  kept?: ReadonlyMap<string, Kept>;
  onChange: (typed: Typed) => void;
}) {
  const { say } = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return fields.map((field) => {
    const { name, optional, title } = field;
    const value = typed[name];
    const known = kept?.get(name);
    const removed = optional && known?.saved && value === '';
    const change = (next: string) => {
      // what is not typed stays: an emptied field is one that nobody has touched
      const untouched = kept && (next === '' || next === known?.value) && !(next === '' && known?.value && optional);
      const { [name]: _, ...others } = typed;
      onChange(untouched ? others : { ...others, [name]: next });
    };
    return (
      <Fragment key={name}>
        <CredentialField
          field={field}
          value={value}
          kept={removed ? undefined : known}
          required={!optional && !known?.saved}
          wrong={wrong.includes(name) || (left.has(name) && value !== undefined && value !== '' && !looksRight(field, typed))}
          onChange={change}
          onLeave={() => setLeft(new Set([...left, name]))}
        />
        {optional && known?.saved && known.value === null && (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => {
              const { [name]: _, ...others } = typed;
              onChange(removed ? others : { ...others, [name]: '' });
            }}
          >
            {say(removed ? 'cashless.field.keep' : 'cashless.field.remove', { title })}
          </Button>
        )}
      </Fragment>
    );
  });
}

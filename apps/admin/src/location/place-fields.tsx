import { type ClientLanguage, clientLanguageNames, clientLanguages } from '@holdfast/contract/client-language';
import { Checkbox, Group, Select } from '@mantine/core';
import { type FocusEvent, useMemo } from 'react';
import { useWords } from '../words.tsx';
import { countries, currencies } from './places.ts';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: React.ReactNode;
  readonly description?: React.ReactNode;
  readonly disabled?: boolean;
}

export function CountrySelect({ value, onChange, ...rest }: FieldProps) {
  const { say, locale } = useWords();
  const data = useMemo(() => namesOf(countries, 'region', locale), [locale]);
  return (
    <Select
      label={say('location.country')}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      searchable
      allowDeselect={false}
      {...rest}
    />
  );
}

export function CurrencySelect({ value, onChange, ...rest }: FieldProps) {
  const { say, locale } = useWords();
  const data = useMemo(() => namesOf(currencies, 'currency', locale).map((one) => ({ ...one, label: `${one.value} · ${one.label}` })), [locale]);
  return (
    <Select
      label={say('location.currency')}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      searchable
      allowDeselect={false}
      {...rest}
    />
  );
}

export function TimeZoneSelect({ value, onChange, ...rest }: FieldProps) {
  const { say } = useWords();
  const data = useMemo(() => [...new Set([value, ...Intl.supportedValuesOf('timeZone')])], [value]);
  return (
    <Select
      label={say('location.zone')}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      searchable
      selectFirstOptionOnChange
      onFocus={beginAnew}
      allowDeselect={false}
      limit={60}
      {...rest}
    />
  );
}

/** What is typed takes the place of what stands there: else it would be looked for behind it, and nothing found. */
function beginAnew(event: FocusEvent<HTMLInputElement>): void {
  event.currentTarget.select();
}

/** Which languages clients can read, and which comes first. */
export function LanguagesField({
  languages,
  first,
  onChange,
}: {
  languages: readonly ClientLanguage[];
  first: ClientLanguage;
  onChange: (languages: ClientLanguage[], first: ClientLanguage) => void;
}) {
  const { say } = useWords();
  const toggle = (next: string[]) => {
    const chosen = clientLanguages.filter((one) => next.includes(one));
    const [one] = chosen;
    if (one) onChange(chosen, chosen.includes(first) ? first : one);
  };
  return (
    <Group align="flex-start" gap="xl">
      <Checkbox.Group label={say('location.languages')} description={say('location.languages.about')} value={[...languages]} onChange={toggle}>
        <Group mt="xs">
          {clientLanguages.map((one) => (
            <Checkbox key={one} value={one} label={clientLanguageNames[one]} lang={one} />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={say('location.first_language')}
        data={languages.map((one) => ({ value: one, label: clientLanguageNames[one] }))}
        value={first}
        onChange={(next) => next && onChange([...languages], next as ClientLanguage)}
        allowDeselect={false}
      />
    </Group>
  );
}

function namesOf(codes: readonly string[], type: 'region' | 'currency', locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type });
  return codes.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label, locale));
}

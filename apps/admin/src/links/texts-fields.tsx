import { type ClientLanguage, clientLanguageNames } from '@holdfast/contract/client-language';
import { Checkbox, Fieldset, Group, Stack } from '@mantine/core';
import { useWords } from '../words.tsx';
import { ByLanguageField } from './by-language-field.tsx';
import type { FieldsProps } from './fields-props.ts';

/** The languages of the page, and what the salon itself says on it. */
export function TextsFields({ settings, place, set }: FieldsProps) {
  const { say } = useWords();
  return (
    <Fieldset legend={say('links.texts')}>
      <Stack gap="md">
        <Checkbox.Group
          label={say('links.languages')}
          description={say('links.languages.about')}
          value={[...settings.languages]}
          onChange={(languages) => set({ languages: languages as ClientLanguage[] })}
        >
          <Group mt="xs">
            {place.languages.map((one) => (
              <Checkbox key={one} value={one} label={clientLanguageNames[one as ClientLanguage]} lang={one} />
            ))}
          </Group>
        </Checkbox.Group>
        <ByLanguageField
          label={say('links.welcome')}
          languages={place.languages}
          value={settings.welcome}
          longest={500}
          onChange={(welcome) => set({ welcome })}
        />
        <ByLanguageField
          label={say('links.after')}
          languages={place.languages}
          value={settings.afterBooking}
          longest={1000}
          onChange={(afterBooking) => set({ afterBooking })}
        />
      </Stack>
    </Fieldset>
  );
}

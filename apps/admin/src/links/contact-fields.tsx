import { type FieldRule, fieldRules, type PhoneConfirmation, phoneConfirmations } from '@holdfast/contract/link-settings';
import { Fieldset, Select, SimpleGrid, Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { FieldsProps } from './fields-props.ts';

/** What clients are asked for about themselves, and whether their phone is confirmed. */
export function ContactFields({ settings, set }: FieldsProps) {
  const { say } = useWords();
  const rules = fieldRules.map((rule) => ({ value: rule, label: say(`links.field.${rule}`) }));
  const field = (name: 'email' | 'comment') => (
    <Select
      label={say(`links.${name}`)}
      data={rules}
      value={settings.fields[name]}
      onChange={(rule) => rule && set({ fields: { ...settings.fields, [name]: rule as FieldRule } })}
      allowDeselect={false}
    />
  );
  return (
    <Fieldset legend={say('links.contact')}>
      <Text size="sm" c="dimmed" mb="sm">
        {say('links.contact.about')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {field('email')}
        {field('comment')}
        <Select
          label={say('links.phone')}
          data={phoneConfirmations.map((one) => ({ value: one, label: say(`links.phone.${one}`) }))}
          value={settings.phoneConfirmation}
          onChange={(one) => one && set({ phoneConfirmation: one as PhoneConfirmation })}
          allowDeselect={false}
        />
      </SimpleGrid>
    </Fieldset>
  );
}

import type { ByThemselves } from '@holdfast/contract/link-settings';
import { Checkbox, Fieldset, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { useWords } from '../words.tsx';
import { ByLanguageField } from './by-language-field.tsx';
import type { FieldsProps } from './fields-props.ts';

/** What is agreed to, and until when clients cancel and move by themselves. */
export function RulesFields({ settings, place, set }: FieldsProps) {
  const { say } = useWords();
  const { privacy, cancelling, moving } = settings;
  return (
    <Fieldset legend={say('links.consent')}>
      <Stack gap="md">
        <Checkbox
          label={say('links.privacy')}
          checked={privacy !== null}
          onChange={(event) => set({ privacy: event.currentTarget.checked ? {} : null })}
        />
        {privacy && (
          <ByLanguageField
            label={say('links.privacy.text')}
            about={say('links.privacy.about')}
            languages={place.languages}
            value={privacy}
            longest={10_000}
            onChange={(next) => set({ privacy: next })}
          />
        )}
        <Fieldset legend={say('links.cancelling')} variant="unstyled">
          <Checkbox
            mb="sm"
            label={say('links.cancelling.own')}
            description={cancelling ? undefined : say('links.cancelling.as_location')}
            checked={cancelling !== null}
            onChange={(event) => set({ cancelling: event.currentTarget.checked ? place.cancelling : null })}
          />
          {cancelling && <HoursFields value={cancelling} onChange={(next) => set({ cancelling: next })} />}
        </Fieldset>
        <Fieldset legend={say('links.moving')} variant="unstyled">
          <HoursFields value={moving} onChange={(next) => set({ moving: next })} />
        </Fieldset>
      </Stack>
    </Fieldset>
  );
}

function HoursFields({ value, onChange }: { value: ByThemselves; onChange: (value: { unprepaid: number | null; prepaid: number | null }) => void }) {
  const { say } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(['unprepaid', 'prepaid'] as const).map((kind) => (
        <Group key={kind} align="flex-end" gap="sm">
          <NumberInput
            style={{ flex: '1 1 160px' }}
            label={say(`links.${kind}`)}
            description={say('links.until')}
            value={value[kind] ?? ''}
            disabled={value[kind] === null}
            onChange={(hours) => typeof hours === 'number' && onChange({ ...value, [kind]: hours })}
            min={0}
            max={8760}
            clampBehavior="strict"
            allowDecimal={false}
            inputMode="numeric"
          />
          <Checkbox
            label={say('links.never')}
            aria-label={`${say(`links.${kind}`)}: ${say('links.never')}`}
            checked={value[kind] === null}
            onChange={(event) => onChange({ ...value, [kind]: event.currentTarget.checked ? null : 24 })}
          />
        </Group>
      ))}
    </SimpleGrid>
  );
}

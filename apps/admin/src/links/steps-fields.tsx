import { firstSteps } from '@holdfast/contract/link-settings';
import { Checkbox, Fieldset, Radio, Stack } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { FieldsProps } from './fields-props.ts';

/** Which steps a booking has, and in which order. */
export function StepsFields({ settings, place, set }: FieldsProps) {
  const { say } = useWords();
  const { asksStaff, anyStaff } = settings;
  return (
    <Fieldset legend={say('links.steps')}>
      <Stack gap="md">
        <Radio.Group label={say('links.first')} value={settings.first} onChange={(first) => set({ first: first as typeof settings.first })}>
          <Stack gap="xs" mt="xs">
            {firstSteps.map((first) => (
              <Radio key={first} value={first} label={say(`links.first.${first}`)} description={say(`links.first.${first}.about`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Checkbox
          label={say('links.any_staff')}
          description={place.anyStaff ? undefined : say('links.any_staff.off')}
          disabled={!place.anyStaff}
          checked={anyStaff && place.anyStaff}
          onChange={(event) => set({ anyStaff: event.currentTarget.checked })}
        />
        <Checkbox
          label={say('links.asks_staff')}
          description={say('links.asks_staff.about')}
          error={!asksStaff && !anyStaff && say('links.any_staff.needed')}
          checked={asksStaff}
          onChange={(event) => set({ asksStaff: event.currentTarget.checked })}
        />
        {place.otherLocations && (
          <Checkbox
            label={say('links.other_locations')}
            checked={settings.otherLocations}
            onChange={(event) => set({ otherLocations: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

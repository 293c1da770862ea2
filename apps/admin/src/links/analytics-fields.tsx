import type { BookingLink } from '@holdfast/contract/booking-links';
import { Checkbox, Fieldset, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { FieldsProps } from './fields-props.ts';
import { measurementIdPattern } from './link-fault.ts';
import { MeasuredEvents } from './measured-events.tsx';

/** Where Google Analytics hears of this link's bookings, and whether it does. */
export function AnalyticsFields({ value, change, link }: FieldsProps & { link: BookingLink }) {
  const { say } = useWords();
  const { measurementId, apiSecret } = value;
  const wrong = measurementId !== null && !measurementIdPattern.test(measurementId);
  return (
    <Fieldset legend={say('links.analytics')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {say('links.analytics.about')}
        </Text>
        <TextInput
          label={say('links.measurement_id')}
          placeholder="G-ABC123DEF4"
          value={measurementId ?? ''}
          error={wrong && say('links.measurement_id.wrong')}
          onChange={(event) => change({ measurementId: event.currentTarget.value.trim().toUpperCase() || null })}
          maxLength={22}
          maw={280}
          autoComplete="off"
        />
        {measurementId !== null && (
          <PasswordInput
            label={say('links.api_secret')}
            description={link.hasApiSecret ? say('links.api_secret.kept') : say('links.api_secret.about')}
            value={apiSecret ?? ''}
            onChange={(event) => change({ apiSecret: event.currentTarget.value || undefined })}
            disabled={apiSecret === null}
            maxLength={100}
            autoComplete="off"
          />
        )}
        {measurementId !== null && link.hasApiSecret && (
          <Checkbox
            label={say('links.api_secret.remove')}
            checked={apiSecret === null}
            onChange={(event) => change({ apiSecret: event.currentTarget.checked ? null : undefined })}
          />
        )}
        <MeasuredEvents link={link} />
      </Stack>
    </Fieldset>
  );
}

import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useWords } from '../words.tsx';
import type { ServiceDraft } from './card-drafts.ts';

/** An appointment at a time of its own, or a group event with so many places. */
export function KindFields({
  value,
  change,
  reason,
  booked,
}: {
  value: Pick<ServiceDraft, 'kind' | 'places'>;
  change: (part: { kind?: 'appointment' | 'event'; places?: number | null }) => void;
  reason?: string | undefined;
  booked: boolean;
}) {
  const { say } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={say('catalog.kind')}
        description={booked ? say('catalog.kind.fixed') : value.kind === 'event' ? say('catalog.kind.event.more') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={(['appointment', 'event'] as const).map((kind) => ({ value: kind, label: say(`catalog.kind.${kind}`) }))}
        value={value.kind}
        disabled={reason !== undefined || booked}
        onChange={(kind) => kind && change({ kind: kind as 'appointment' | 'event', places: kind === 'event' ? (value.places ?? 10) : null })}
        comboboxProps={{ zIndex: 600 }}
      />
      {value.kind === 'event' && (
        <NumberInput
          label={say('catalog.places')}
          min={1}
          max={1000}
          allowDecimal={false}
          value={value.places ?? 10}
          disabled={reason !== undefined}
          onChange={(typed) => change({ places: typeof typed === 'number' ? typed : 1 })}
        />
      )}
    </SimpleGrid>
  );
}

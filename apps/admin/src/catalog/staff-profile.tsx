import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Anchor, ColorInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { StaffDraft, Troubles } from './card-drafts.ts';
import { staffColours } from './staff-colours.ts';

/** Who they are: name, position, what clients read about them, the colour of their column. */
export function StaffProfile({
  value,
  change,
  lists,
  troubles,
  reason,
}: {
  value: StaffDraft;
  change: (part: Partial<StaffDraft>) => void;
  lists: SalonCatalog;
  troubles: Troubles;
  reason: string | undefined;
}) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const disabled = reason !== undefined;
  return (
    <Stack gap="md" maw={640}>
      <TextInput
        label={say('catalog.name')}
        required
        value={value.name}
        disabled={disabled}
        error={troubles.name ? say(troubles.name) : undefined}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Select
        label={say('catalog.position')}
        placeholder={say('catalog.no_position')}
        clearable
        data={lists.positions.map(({ id, name }) => ({ value: id, label: name }))}
        value={value.positionId}
        disabled={disabled}
        onChange={(positionId) => change({ positionId })}
      />
      <Textarea
        label={say('catalog.about')}
        description={say('catalog.about.more')}
        autosize
        minRows={2}
        maxRows={8}
        value={value.about}
        disabled={disabled}
        error={troubles.description ? say(troubles.description) : undefined}
        onChange={({ currentTarget }) => change({ about: currentTarget.value })}
      />
      <ColorInput
        label={say('catalog.color')}
        description={say('catalog.color.more')}
        format="hex"
        swatches={[...staffColours]}
        withPicker={false}
        withEyeDropper={false}
        disallowInput
        value={value.color}
        disabled={disabled}
        onChange={(color) => change({ color })}
      />
      {may('schedule.edit') && (
        <Text size="sm">
          <Anchor component={Link} to={`/${here.slug}/settings/schedule`}>
            {say('catalog.to_schedule')}
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

import type { Picture } from '@holdfast/contract/booking-links';
import { contrastOf, paletteOf } from '@holdfast/contract/palette';
import { Button, Checkbox, ColorInput, Fieldset, FileButton, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { FieldsProps } from './fields-props.ts';

const firstColor = '#0d5f57';

/** Colour and logo. A colour that nobody could read becomes its nearest shade that everybody can, and the form says so. */
export function LookFields({ settings, set }: FieldsProps) {
  const { say } = useWords();
  const { accent } = settings;
  return (
    <Fieldset legend={say('links.look')}>
      <Stack gap="md">
        <Checkbox
          label={say('links.accent.own')}
          checked={accent !== null}
          onChange={(event) => set({ accent: event.currentTarget.checked ? firstColor : null })}
        />
        {accent !== null && (
          <>
            <ColorInput
              label={say('links.accent')}
              format="hex"
              value={accent}
              onChange={(next) => /^#[0-9a-f]{6}$/i.test(next) && set({ accent: next.toLowerCase() })}
              withEyeDropper={false}
              maw={280}
            />
            <Readability accent={accent} onUse={(shade) => set({ accent: shade })} />
          </>
        )}
        <LogoField logo={settings.logo} onChange={(logo) => set({ logo })} />
      </Stack>
    </Fieldset>
  );
}

function Readability({ accent, onUse }: { accent: string; onUse: (shade: string) => void }) {
  const { say } = useWords();
  const { light, dark } = paletteOf(accent);
  const contrast = Math.floor(contrastOf(accent, '#ffffff') * 10) / 10;
  return (
    <Stack gap="xs" role="status">
      <Group gap="sm">
        {[light, dark].map(({ accent: shade, onAccent }) => (
          <Text key={shade} component="span" size="sm" fw={600} px="md" py={6} style={{ background: shade, color: onAccent, borderRadius: 10 }}>
            {shade}
          </Text>
        ))}
      </Group>
      {light.accent === accent && dark.accent === accent && <Text size="sm">{say('links.accent.good')}</Text>}
      {light.accent !== accent && (
        <Group gap="sm">
          <Text size="sm" style={{ flex: '1 1 240px' }}>
            {say('links.accent.light', { contrast, shade: light.accent })}
          </Text>
          <Button size="xs" variant="default" onClick={() => onUse(light.accent)}>
            {say('links.accent.use', { shade: light.accent })}
          </Button>
        </Group>
      )}
      {dark.accent !== accent && (
        <Text size="sm" c="dimmed">
          {say('links.accent.dark', { shade: dark.accent })}
        </Text>
      )}
    </Stack>
  );
}

function LogoField({ logo, onChange }: { logo: string | null; onChange: (logo: string | null) => void }) {
  const { say } = useWords();
  const { id } = useLocationHere();
  const { chain } = useSession();
  const hand = useMutation({
    mutationFn: async (file: File) => ask<Picture>('POST', at(id, 'pictures'), { base64: await base64Of(file) }),
    onSuccess: (picture) => onChange(picture.id),
  });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {say('links.logo')}
      </Text>
      <Text size="xs" c="dimmed">
        {say('links.logo.about')}
      </Text>
      {logo && (
        <img
          src={`/pictures/${chain.id}/${logo}`}
          alt={say('links.logo.alt')}
          style={{ maxHeight: 64, maxWidth: 240, objectFit: 'contain', objectPosition: '0 50%' }}
        />
      )}
      <Group gap="sm">
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && hand.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={hand.isPending}>
              {say('links.logo.choose')}
            </Button>
          )}
        </FileButton>
        {logo && (
          <Button variant="default" size="xs" onClick={() => onChange(null)}>
            {say('links.logo.remove')}
          </Button>
        )}
      </Group>
      {hand.isError && (
        <TroubleNotice
          error={hand.error}
          words={{ unreadable_file: 'links.logo.wrong', too_large: 'links.logo.wrong', invalid_request: 'links.logo.wrong' }}
        />
      )}
    </Stack>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}

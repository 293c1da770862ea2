import { Button, Fieldset, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { QrCode } from '../checkout/qr-dialog.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AddressButtons } from './address-buttons.tsx';
import { saveQr } from './save-qr.ts';
import { addressWith, type Choice } from './use-chosen.ts';

/** The booking page's address, with a choice already made if one likes: as a link and as a picture to print. */
export function ShareFields({ page, link, choice }: { page: string; link?: string; choice: Choice }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const { chosen, services, people, events, choose } = choice;
  const address = addressWith(page, link, chosen);
  const open = say('links.share.open');
  return (
    <Fieldset legend={say('links.share')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {say('links.share.about')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={say('links.share.service')}
            placeholder={open}
            data={services.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen.service}
            onChange={(service) => choose({ service })}
            clearable
            searchable
          />
          <Select
            label={say('links.share.staff')}
            placeholder={open}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen.staff}
            onChange={(staff) => choose({ staff })}
            clearable
          />
        </SimpleGrid>
        {events.length > 0 && (
          <Select
            label={say('links.share.event')}
            placeholder={open}
            data={events.map(({ id, title, startsAt }) => ({ value: id, label: `${title} · ${when(startsAt, timeZone)}` }))}
            value={chosen.event}
            onChange={(event) => choose({ event })}
            clearable
            searchable
          />
        )}
        <Group align="flex-start" gap="lg">
          <div style={{ width: 168, lineHeight: 0 }}>
            <QrCode url={address} label={say('links.share.qr')} />
          </div>
          <Stack gap="sm" style={{ flex: '1 1 16rem', minWidth: 0 }}>
            <TextInput label={say('links.share.link')} value={address} readOnly onFocus={(event) => event.currentTarget.select()} />
            <AddressButtons address={address}>
              {(['png', 'svg'] as const).map((kind) => (
                <Button
                  key={kind}
                  size="xs"
                  variant="default"
                  leftSection={<IconDownload size={16} aria-hidden />}
                  onClick={() => void saveQr(address, kind)}
                >
                  {say(`links.share.${kind}`)}
                </Button>
              ))}
            </AddressButtons>
          </Stack>
        </Group>
      </Stack>
    </Fieldset>
  );
}

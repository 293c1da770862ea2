import type { LocationPage } from '@holdfast/contract/location-page';
import { Button, Code, Fieldset, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { copyText } from '../checkout/copy-text.ts';
import { QrCode } from '../checkout/qr-dialog.tsx';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';
import { saveQr } from './save-qr.ts';

/** The booking page's address with a choice already made, as a link and as a picture, and the lines for the salon's own site. */
export function ShareBooking({ bookingPage }: { bookingPage: string }) {
  const { say } = useWords();
  const [service, setService] = useState<string | null>(null);
  const [staff, setStaff] = useState<string | null>(null);
  const place = new URL(bookingPage).pathname.replace(/^\/book\//, '');
  const page = useQuery({
    queryKey: ['location-page', place],
    queryFn: async (): Promise<LocationPage> => (await fetch(`/api/v1/locations/${place}`)).json() as Promise<LocationPage>,
  });
  const services = page.data?.services ?? [];
  const people = (page.data?.staff ?? []).filter((one) => !service || one.services.some(({ serviceId }) => serviceId === service));
  const chosen = new URLSearchParams({ ...(service ? { service } : {}), ...(service && staff ? { staff } : {}) });
  const link = chosen.size > 0 ? `${bookingPage}?${chosen}` : bookingPage;
  const more = [...chosen].map(([name, value]) => ` data-${name}="${value}"`).join('');
  const embed = `<script src="${new URL(bookingPage).origin}/embed.js" data-holdfast="${place}" data-mode="inline"${more} async></script>`;
  const copy = async (text: string) => {
    if (await copyText(Promise.resolve(text))) toast(say('frame.copied'));
  };
  return (
    <Fieldset legend={say('location.share')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {say('location.share.about')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={say('location.share.service')}
            placeholder={say('location.share.nobody')}
            data={services.map(({ id, name }) => ({ value: id, label: name }))}
            value={service}
            onChange={(next) => {
              setService(next);
              setStaff(null);
            }}
            clearable
            searchable
          />
          <Select
            label={say('location.share.staff')}
            placeholder={say('location.share.nobody')}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={staff}
            onChange={setStaff}
            disabled={!service}
            clearable
          />
        </SimpleGrid>
        <Group align="flex-start" gap="xl">
          <div style={{ width: 180 }}>
            <QrCode url={link} label={say('location.share.qr')} />
          </div>
          <Stack gap="sm" style={{ flex: '1 1 16rem' }}>
            <TextInput label={say('location.share.link')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
            <Group gap="sm">
              <Button variant="default" onClick={() => void copy(link)}>
                {say('location.share.copy')}
              </Button>
              <Button variant="default" onClick={() => void saveQr(link, 'png')}>
                {say('location.share.png')}
              </Button>
              <Button variant="default" onClick={() => void saveQr(link, 'svg')}>
                {say('location.share.svg')}
              </Button>
            </Group>
          </Stack>
        </Group>
        <Stack gap="xs">
          <Text fw={500} size="sm">
            {say('location.share.embed')}
          </Text>
          <Text size="sm" c="dimmed">
            {say('location.share.embed.about')}
          </Text>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {embed}
          </Code>
          <Button variant="default" onClick={() => void copy(embed)} style={{ alignSelf: 'flex-start' }}>
            {say('location.share.copy_embed')}
          </Button>
        </Stack>
      </Stack>
    </Fieldset>
  );
}

import { type WebhookType, webhookTypes } from '@holdfast/contract/webhook-types';
import type { EndpointWish, NewEndpoint, WebhookEndpoint, WebhookEndpoints } from '@holdfast/contract/webhooks';
import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Trouble } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useProgramDeed } from './programs-query.ts';

const EVERYWHERE = '*';

/** A new endpoint, or one that is changed. */
export function EndpointDialog({
  places,
  known,
  onClose,
  onMade,
}: {
  places?: WebhookEndpoints;
  known?: WebhookEndpoint;
  onClose: () => void;
  onMade?: (made: NewEndpoint) => void;
}) {
  const { say } = useWords();
  const here = useLocationHere();
  const [url, setUrl] = useState(known?.url ?? 'https://');
  const [about, setAbout] = useState(known?.about ?? '');
  const [place, setPlace] = useState(places?.locations.some(({ id }) => id === here.id) ? here.id : (places?.locations[0]?.id ?? EVERYWHERE));
  const [types, setTypes] = useState<readonly WebhookType[]>(known?.types ?? webhookTypes.filter((type) => type.startsWith('appointment.')));
  const [on, setOn] = useState(known ? known.offBecause === null : true);
  const [tried, setTried] = useState(false);
  const deed = useProgramDeed<NewEndpoint>();
  const refused = deed.error instanceof Trouble && deed.error.code === 'invalid_request' ? deed.error.detail : undefined;
  const why = typeof refused?.['why'] === 'string' ? refused['why'] : undefined;
  const save = async () => {
    setTried(true);
    if (!isAddress(url) || types.length === 0) return;
    const fields = { url: url.trim(), about: about.trim(), types: [...types] };
    const wish: EndpointWish = { ...fields, locationId: place === EVERYWHERE ? null : place };
    const made = await deed
      .mutateAsync(
        known
          ? { method: 'PUT', path: ['webhook-endpoints', known.id], body: { ...fields, on, version: known.version } }
          : { method: 'POST', path: ['webhook-endpoints'], body: wish },
      )
      .catch(() => undefined);
    if (!made) return;
    if (known) onClose();
    else onMade?.(made);
  };
  const wrongUrl = tried && !isAddress(url) ? say('programs.endpoint.url.wrong') : why ? say(`programs.endpoint.url.${why}` as TextKey) : undefined;
  return (
    <Dialog title={say(known ? 'programs.endpoint.change' : 'programs.endpoint.new')} size="lg" onClose={onClose}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={say('programs.endpoint.url')}
          description={say('programs.endpoint.url.about')}
          maxLength={500}
          value={url}
          onChange={({ currentTarget: { value } }) => setUrl(value)}
          error={wrongUrl}
          data-autofocus
        />
        <TextInput
          label={say('programs.endpoint.about')}
          maxLength={120}
          value={about}
          onChange={({ currentTarget: { value } }) => setAbout(value)}
        />
        {places && (
          <NativeSelect
            label={say('programs.endpoint.where')}
            value={place}
            onChange={({ currentTarget: { value } }) => setPlace(value)}
            data={[
              ...(places.everywhere ? [{ value: EVERYWHERE, label: say('programs.endpoint.everywhere') }] : []),
              ...places.locations.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <Checkbox.Group
          label={say('programs.endpoint.what')}
          value={[...types]}
          onChange={(next) => setTypes(webhookTypes.filter((type) => next.includes(type)))}
          error={tried && types.length === 0 ? say('programs.endpoint.what.none') : undefined}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">
            {webhookTypes.map((type) => (
              <Checkbox key={type} value={type} label={say(`programs.type.${type}`)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        {known && <Switch label={say('programs.endpoint.on')} checked={on} onChange={({ currentTarget: { checked } }) => setOn(checked)} />}
        {deed.isError && !why && <TroubleNotice error={deed.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {say('frame.cancel')}
          </Button>
          <Button type="submit" loading={deed.isPending}>
            {say('frame.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function isAddress(text: string): boolean {
  return URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol) && new URL(text.trim()).hostname !== '';
}

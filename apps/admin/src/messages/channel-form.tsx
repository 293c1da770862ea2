import type { ChannelWish } from '@holdfast/contract/messages';
import { Alert, Anchor, Badge, Fieldset, Group, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { wrongField } from '../location/wrong-field.ts';
import { type TextKey, useWords } from '../words.tsx';
import { type Adapter, type ChannelDraft, draftOf, missingFields, type SavedChannel, wishOf } from './channel-draft.ts';
import { ChannelFields } from './channel-fields.tsx';
import { useMessageDeed } from './messages-query.ts';
import { TestChannel } from './test-channel.tsx';

/** One channel: through what it goes, who it is from, on or off, and a test. */
export function ChannelForm({ saved }: { saved: SavedChannel }) {
  const { say } = useWords();
  const id = useId();
  const { channel, setUp, adapters } = saved;
  // the same object while the same is saved: a draft follows what is new
  const ground = useMemo(() => draftOf(saved), [saved]);
  const draft = useDraft<ChannelDraft>(ground);
  const save = useMessageDeed<ChannelWish>();
  useLeaveGuard(draft.dirty);
  const { value, change } = draft;
  const missing = missingFields(saved, value);
  // `through.host` is the field `host`
  const wrong = wrongField(save.error)?.split('.').at(-1);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(
      { path: ['channels', channel], wish: wishOf(saved, value) },
      {
        onSuccess: ({ channels }) => {
          const now = channels.find((one) => one.channel === channel);
          if (now) draft.saved(draftOf(now));
          toast(say('frame.saved'));
        },
      },
    );
  };
  const nameOf = (adapter: Adapter) => say(`messages.adapter.${adapter}`);
  return (
    <Stack component="section" gap="md" mb={40} aria-labelledby={id}>
      <Group gap="sm">
        <Title order={2} size="h4" id={id}>
          {say(`messages.channel.${channel}`)}
        </Title>
        <Badge variant="light" tt="none" color={setUp?.enabled ? 'holdfast' : 'gray'}>
          {say(setUp ? (setUp.enabled ? 'messages.channel.on' : 'messages.channel.off') : 'messages.channel.none')}
        </Badge>
      </Group>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <Fieldset legend={say('messages.channel.through')}>
            <Stack gap="md">
              {adapters.length > 1 && (
                <Select
                  label={say('messages.field.adapter')}
                  data={adapters.map((one) => ({ value: one, label: nameOf(one) }))}
                  value={value.adapter}
                  onChange={(next) => next && change({ adapter: next as Adapter, secret: '' })}
                  allowDeselect={false}
                />
              )}
              {value.adapter === 'sandbox' && (
                <Alert variant="light" icon={<IconInbox aria-hidden />}>
                  {say('messages.sandbox')}{' '}
                  <Anchor href="/demo/inbox" target="_blank" rel="noreferrer" inherit underline="always">
                    {say('messages.sandbox.inbox')}
                  </Anchor>
                </Alert>
              )}
              <ChannelFields saved={saved} value={value} wrong={wrong} onChange={change} />
              <TextInput
                label={say('messages.field.sender')}
                description={say(`messages.field.sender.${channel}`)}
                value={value.sender}
                onChange={(event) => change({ sender: event.currentTarget.value })}
                maxLength={200}
                required
                error={wrong === 'sender' && say(`messages.wrong.sender.${channel}`)}
              />
              <Switch
                label={say('messages.field.enabled')}
                description={say('messages.field.enabled.about')}
                checked={value.enabled}
                onChange={(event) => change({ enabled: event.currentTarget.checked })}
              />
            </Stack>
          </Fieldset>
          {/* in a box of its own it stays where it is: two of them must not both stand at the foot of the screen */}
          <div>
            <SaveBar
              dirty={draft.dirty}
              saving={save.isPending}
              error={save.error}
              reason={
                draft.dirty && missing.length > 0
                  ? say('messages.incomplete', { fields: missing.map((field) => say(`messages.field.${field}` as TextKey)).join(', ') })
                  : undefined
              }
              theirs={draft.theirs && <TheirChannel theirs={draft.theirs} />}
              onReset={draft.reset}
              onKeepMine={draft.keepMine}
            />
          </div>
        </Stack>
      </form>
      <TestChannel saved={saved} dirty={draft.dirty} />
    </Stack>
  );
}

function TheirChannel({ theirs }: { theirs: ChannelDraft }) {
  const { say } = useWords();
  const { adapter, sender, enabled, host, url, accountSid } = theirs;
  const where = { smtp: host, http: url, twilio: accountSid, sandbox: '' }[adapter];
  const said = [say(`messages.adapter.${adapter}`), where, sender, say(enabled ? 'messages.channel.on' : 'messages.channel.off')];
  return <Text size="sm">{said.filter((one) => one !== '').join(', ')}</Text>;
}

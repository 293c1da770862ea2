import type { WebhookEndpoint } from '@holdfast/contract/webhooks';
import { Button, Group, NativeSelect, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useProgramDeed } from './programs-query.ts';

const HOUR_MS = 3_600_000;
const spans = ['1', '24', '72', '168', '720'] as const;

/** Sends again what was told since a moment: what never arrived, or all of it. */
export function ReplayDialog({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const { say } = useWords();
  const [hours, setHours] = useState<string>('72');
  const [only, setOnly] = useState<'given_up' | 'all'>('given_up');
  const deed = useProgramDeed<{ replayed: number }>();
  const replay = async () => {
    const since = new Date(Date.now() - Number(hours) * HOUR_MS).toISOString();
    const done = await deed
      .mutateAsync({ method: 'POST', path: ['webhook-endpoints', endpoint.id, 'replays'], body: { since, only } })
      .catch(() => undefined);
    if (!done) return;
    toast(say('programs.replay.done', { count: done.replayed }));
    onClose();
  };
  return (
    <Dialog title={say('programs.replay.many')} onClose={onClose}>
      <Stack gap="md">
        <Radio.Group label={say('programs.replay.what')} value={only} onChange={(next) => setOnly(next === 'all' ? 'all' : 'given_up')}>
          <Stack gap="xs" mt="xs">
            <Radio value="given_up" label={say('programs.replay.given_up')} />
            <Radio value="all" label={say('programs.replay.all')} />
          </Stack>
        </Radio.Group>
        <NativeSelect
          label={say('programs.replay.since')}
          value={hours}
          onChange={({ currentTarget: { value } }) => setHours(value)}
          data={spans.map((span) => ({
            value: span,
            label: Number(span) < 48 ? say('programs.last_hours', { count: Number(span) }) : say('programs.last_days', { count: Number(span) / 24 }),
          }))}
        />
        {deed.isError && <TroubleNotice error={deed.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {say('frame.cancel')}
          </Button>
          <Button loading={deed.isPending} onClick={() => void replay()}>
            {say('programs.replay')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

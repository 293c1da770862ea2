import type { MethodState, PaymentConnection } from '@holdfast/contract/cashless';
import { Anchor, Group, NativeSelect, Paper, Stack, Switch, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useCashlessDeed } from './cashless-query.ts';

/** One way to pay online: on or off, and through which connection. What keeps it off is said beside it, with the way there. */
export function MethodSwitch({ state, connections }: { state: MethodState; connections: readonly PaymentConnection[] }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const deed = useCashlessDeed();
  const reasonId = useId();
  const usable = connections.filter((one) => one.usable);
  const connectionId = usable.find(({ id }) => id === state.connectionId)?.id ?? usable[0]?.id ?? null;
  const send = (enabled: boolean, chosen: string | null) =>
    deed.mutate(
      { method: 'PUT', path: ['methods', state.method], body: { version: state.version, enabled, connectionId: chosen } },
      {
        onSuccess: () =>
          toast(say(enabled ? 'cashless.method.now_on' : 'cashless.method.now_off', { method: say(`cashless.method.${state.method}`) })),
      },
    );
  const mayEdit = may('online_payment.edit');
  const stuck = !state.enabled && state.missing.length > 0;
  const reasons = [...(mayEdit ? [] : [say('frame.no_right')]), ...(stuck ? state.missing.map((need) => say(`cashless.missing.${need}`)) : [])];
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="md" wrap="nowrap">
          <Switch
            checked={state.enabled}
            disabled={reasons.length > 0 || deed.isPending}
            onChange={(event) => send(event.currentTarget.checked, event.currentTarget.checked ? connectionId : null)}
            label={say(`cashless.method.${state.method}`)}
            description={say(`cashless.method.${state.method}.about`)}
            aria-describedby={reasons.length > 0 ? reasonId : undefined}
          />
        </Group>
        {reasons.length > 0 && (
          <Text size="sm" id={reasonId} pl={52} style={{ color: 'var(--hf-warm-ink)' }}>
            {reasons.join(' ')}{' '}
            {mayEdit && stuck && state.missing.includes('company_details') && (
              <Anchor
                component={Link}
                size="sm"
                to={`/${here.slug}/settings/business-information`}
                search={{ tab: 'company-details' } as never}
                c="inherit"
                td="underline"
              >
                {say('cashless.missing.company_details.link')}
              </Anchor>
            )}
          </Text>
        )}
        {usable.length > 1 && (
          <NativeSelect
            ml={52}
            maw={360}
            size="xs"
            label={say('cashless.method.through')}
            value={connectionId ?? ''}
            disabled={!mayEdit || deed.isPending}
            onChange={(event) => send(state.enabled, event.currentTarget.value)}
            data={usable.map((one) => ({ value: one.id, label: one.account ? `${one.label} · ${one.account}` : one.label }))}
          />
        )}
        {deed.isError && <TroubleNotice error={deed.error} words={{ step_not_allowed: 'cashless.trouble.step_not_allowed' }} />}
      </Stack>
    </Paper>
  );
}

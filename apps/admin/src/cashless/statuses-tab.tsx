import type { StatusMatrix } from '@holdfast/contract/cashless';
import { Accordion, Alert, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { codeOf } from '../api.ts';
import { Empty } from '../frame/empty.tsx';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useSaveStatuses, useStatuses } from './cashless-query.ts';
import type { Spot } from './grid-selection.ts';
import { PrecedenceSetting } from './precedence-setting.tsx';
import { SetStatus, statuses } from './set-status.tsx';
import { StatusGrid } from './status-grid.tsx';
import { StatusList } from './status-list.tsx';
import { draftedMatrix, emptyDraft, isEmpty, nothingSelected, pruned, withStatus } from './statuses-draft.ts';

/** Finance → Cashless payment → Statuses: services × team members, changed many at once. */
export function StatusesTab() {
  const query = useStatuses();
  const { say } = useWords();
  if (query.isPending) return <PageLoading />;
  if (!query.data) return <TroubleNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.services.length === 0 || query.data.staff.length === 0)
    return <Empty title={say('cashless.statuses.none')} more={say('cashless.statuses.none.more')} />;
  return <Statuses matrix={query.data} />;
}

function Statuses({ matrix }: { matrix: StatusMatrix }) {
  const { say } = useWords();
  const may = useMay();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState(emptyDraft);
  const [selection, setSelection] = useState(nothingSelected);
  const [look, setLook] = useState<Spot>();
  const save = useSaveStatuses();
  const draft = useMemo(() => pruned(matrix, chosen), [matrix, chosen]);
  const drafted = useMemo(() => draftedMatrix(matrix, draft), [matrix, draft]);
  const dirty = !isEmpty(draft);
  useLeaveGuard(dirty);
  const noRight = may('catalog.online_payment') ? undefined : say('frame.no_right');
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(
      { version: matrix.version, ...draft },
      {
        onSuccess: () => {
          setChosen(emptyDraft);
          toast(say('frame.saved'));
        },
      },
    );
  };
  const selected = (side: 'services' | 'staff') => selection[side].size;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!matrix.methodOn && (
          <Alert variant="light" color="yellow">
            {say('cashless.statuses.method_off')}
          </Alert>
        )}
        <Warnings matrix={matrix} />
        {narrow ? (
          <StatusList
            matrix={matrix}
            drafted={drafted}
            disabled={noRight !== undefined}
            onSet={(side, id, status) => setChosen(withStatus(chosen, side, [id], status))}
          />
        ) : (
          <>
            <Text size="sm" c="dimmed">
              {say('cashless.statuses.how')}
            </Text>
            <Group gap="lg">
              {(['services', 'staff'] as const).map((side) => (
                <SetStatus
                  key={side}
                  label={say(`cashless.statuses.set_${side}`, { count: selected(side) })}
                  reason={noRight ?? (selected(side) === 0 ? say('cashless.statuses.select_first') : undefined)}
                  onSet={(status) => setChosen(withStatus(chosen, side, selection[side], status))}
                />
              ))}
            </Group>
            <Paper p="xs" px="md" withBorder mih={42} role="status">
              <Text size="sm">{reasonAt(matrix, drafted, look, say)}</Text>
            </Paper>
            <StatusGrid matrix={matrix} drafted={drafted} selection={selection} onSelect={setSelection} onLook={setLook} />
          </>
        )}
        <Paper withBorder p="md" maw={960}>
          <PrecedenceSetting value={drafted.precedence} onChange={(precedence) => setChosen({ ...chosen, precedence })} />
        </Paper>
        {dirty && <Effect drafted={drafted} />}
        <SaveBar
          dirty={dirty}
          saving={save.isPending}
          error={save.error}
          words={{ changed_meanwhile: 'cashless.statuses.changed_meanwhile', not_found: 'cashless.statuses.changed_meanwhile' }}
          {...(noRight ? { reason: noRight } : {})}
          onReset={() => {
            setChosen(emptyDraft);
            if (codeOf(save.error)) save.reset();
          }}
        />
      </Stack>
    </form>
  );
}

/** "Haircut · Anna: Required. The service requires it." */
function reasonAt(
  matrix: StatusMatrix,
  drafted: ReturnType<typeof draftedMatrix>,
  look: Spot | undefined,
  say: ReturnType<typeof useWords>['say'],
): string {
  const service = look && matrix.services[look.row];
  const member = look && matrix.staff[look.column];
  if (look && service && member) {
    const cell = drafted.cells[look.row]?.[look.column];
    const what = cell ? `${say(`cashless.status.${cell.status}`)}. ${say(`cashless.reason.${cell.reason}`)}` : say('cashless.statuses.not_done');
    return `${service.name} · ${member.name}: ${what}`;
  }
  if (service) return `${service.name}: ${say(`cashless.status.${drafted.serviceStatus(service.id)}`)}`;
  if (member) return `${member.name}: ${say(`cashless.status.${drafted.staffStatus(member.id)}`)}`;
  return say('cashless.statuses.look');
}

/** What saving would do to the pairs. */
function Effect({ drafted }: { drafted: ReturnType<typeof draftedMatrix> }) {
  const { say } = useWords();
  const parts = statuses.filter((status) => drafted.effect[status] > 0);
  return (
    <Text size="sm" role="status">
      {parts.length === 0
        ? say('cashless.statuses.no_effect')
        : `${say('cashless.statuses.effect')} ${parts.map((status) => `${say(`cashless.status.${status}`)}: ${drafted.effect[status]}`).join(' · ')}`}
    </Text>
  );
}

function Warnings({ matrix }: { matrix: StatusMatrix }) {
  const { say, money } = useWords();
  if (matrix.warnings.length === 0) return null;
  const nameOf = (serviceId: string) => matrix.services.find(({ id }) => id === serviceId)?.name ?? '';
  const whoOf = (ids: readonly string[], serviceId: string) => {
    const doing = matrix.services.find(({ id }) => id === serviceId)?.cells.filter((cell) => cell !== null).length ?? 0;
    return ids.length === doing ? '' : ` (${ids.map((id) => matrix.staff.find((one) => one.id === id)?.name ?? '').join(', ')})`;
  };
  return (
    <Accordion variant="contained" maw={960}>
      <Accordion.Item value="warnings">
        <Accordion.Control>{say('cashless.warnings', { count: matrix.warnings.length })}</Accordion.Control>
        <Accordion.Panel>
          <List size="sm">
            {matrix.warnings.map(({ code, serviceId, staffIds }) => (
              <List.Item key={`${code} ${serviceId}`}>
                {say(`cashless.warning.${code}`, {
                  service: `${nameOf(serviceId)}${whoOf(staffIds, serviceId)}`,
                  minimum: money(matrix.minimumChargeMinor, matrix.currency),
                })}
              </List.Item>
            ))}
          </List>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

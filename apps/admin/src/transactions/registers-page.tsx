import type { CashRegister, CashRegisters, RegisterUse } from '@holdfast/contract/registers';
import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at, codeOf, Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice, troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BetweenPart } from './between-part.tsx';
import { useMoneyNames } from './names.ts';
import { OpeningDialog } from './opening-dialog.tsx';
import { choicesQuery, registersQuery, useMoneyDeed } from './queries.ts';
import { RegisterDialog } from './register-dialog.tsx';
import { type RegisterDeed, RegisterLine } from './register-line.tsx';
import { SortingSaid, useSorting } from './sort-handle.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

/** Finance → Cash registers: what is in each, what providers still have of it, and their order. */
export function RegistersPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const names = useMoneyNames();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(registersQuery(here.id));
  const choices = useQuery(choicesQuery(here.id));
  const [doing, setDoing] = useState<{ deed: RegisterDeed | 'add'; register?: CashRegister }>();
  const [used, setUsed] = useState<{ name: string; uses: readonly RegisterUse[] }>();
  const reason = may('finance.edit') ? undefined : say('frame.no_right');
  const kept = (page: CashRegisters) => queries.setQueryData(registersQuery(here.id).queryKey, page);
  const archive = useMoneyDeed(here.id, ({ id, version, archived }: { id: string; version: number; archived: boolean }) =>
    ask<CashRegisters>('POST', at(here.id, 'registers', id, 'archival'), { version, archived }),
  );
  const order = useMoneyDeed(here.id, (ids: readonly string[]) => ask<CashRegisters>('PUT', at(here.id, 'register-order'), { ids }));
  const present = data?.registers.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const archived = data?.registers.filter(({ archivedAt }) => archivedAt !== null) ?? [];
  const sorting = useSorting(
    present.map(({ id }) => id),
    (ids) => {
      if (data) kept({ registers: [...ids.flatMap((id) => present.filter((one) => one.id === id)), ...archived] });
      order.mutate(ids, { onError: (trouble) => toast(say(troubleKey(trouble)), 'bad') });
    },
  );
  const askArchive = async (register: CashRegister) => {
    const name = names.register(register.name);
    const away = register.archivedAt === null;
    const question = { title: say('transactions.registers.archive.sure', { name }), more: say('transactions.registers.archive.more') };
    if (away && !(await confirmed({ ...question, yes: say('transactions.registers.archive') }))) return;
    archive.mutate(
      { id: register.id, version: register.version, archived: away },
      {
        onSuccess: (page) => {
          setUsed(undefined);
          kept(page);
        },
        onError: (trouble) => {
          if (codeOf(trouble) === 'still_used' && trouble instanceof Trouble)
            setUsed({ name, uses: trouble.detail['uses'] as readonly RegisterUse[] });
          else toast(say(troubleKey(trouble, { already_there: 'transactions.name_taken' })), 'bad');
        },
      },
    );
  };
  const act = (register: CashRegister) => (deed: RegisterDeed) => {
    if (deed === 'archive') void askArchive(register);
    else setDoing({ deed, register });
  };
  const close = () => setDoing(undefined);
  if (!data && !error) return <PageLoading />;
  return (
    <Page
      title={say('transactions.registers.title')}
      about={say('transactions.registers.about')}
      actions={
        <ReasonButton leftSection={<IconPlus size={18} aria-hidden />} reason={reason} onClick={() => setDoing({ deed: 'add' })}>
          {say('transactions.registers.add')}
        </ReasonButton>
      }
    >
      {!data && <TroubleNotice error={error} onRetry={() => void refetch()} />}
      {used && <StillUsed {...used} />}
      <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={say('transactions.registers.title')}>
        {sorting.ids.map((id) => {
          const register = present.find((one) => one.id === id);
          return register && <RegisterLine key={id} register={register} sorting={sorting} onDo={act(register)} />;
        })}
      </Paper>
      <SortingSaid sorting={sorting} />
      <BetweenPart />
      {archived.length > 0 && (
        <Stack gap="sm" component="section">
          <Title order={2} size="h4">
            {say('transactions.registers.archived')}
          </Title>
          <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {archived.map((register) => (
              <RegisterLine key={register.id} register={register} onDo={act(register)} />
            ))}
          </Paper>
        </Stack>
      )}
      {doing?.deed === 'add' && <RegisterDialog onSaved={kept} onClose={close} />}
      {doing?.deed === 'change' && doing.register && <RegisterDialog register={doing.register} onSaved={kept} onClose={close} />}
      {doing?.deed === 'opening' && doing.register && <OpeningDialog register={doing.register} choices={choices.data} onClose={close} />}
      {doing?.deed === 'transfer' && doing.register && choices.data && (
        <TransferDialog choices={choices.data} fromRegisterId={doing.register.id} onClose={close} />
      )}
    </Page>
  );
}

function StillUsed({ name, uses }: { name: string; uses: readonly RegisterUse[] }) {
  const { say, money } = useWords();
  const sentence = (use: RegisterUse) => {
    if (use.kind === 'money') return say('transactions.registers.used.money', { amount: money(use.amountMinor, use.currency) });
    return say(`transactions.registers.used.${use.kind}`, { name: use.name });
  };
  return (
    <Paper withBorder p="md" role="alert" style={{ borderColor: 'var(--hf-bad)' }}>
      <Text fw={600}>
        <bdi>{name}</bdi>. {say('transactions.registers.used')}
      </Text>
      <List size="sm" mt={4}>
        {uses.map((use) => (
          <List.Item key={`${use.kind} ${use.kind === 'money' ? use.currency : use.id}`}>{sentence(use)}</List.Item>
        ))}
      </List>
    </Paper>
  );
}

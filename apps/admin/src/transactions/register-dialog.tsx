import type { CashRegister, CashRegisters } from '@holdfast/contract/registers';
import { Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at, codeOf } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';
import { readPercent, writePercent } from './percent.ts';
import { useMoneyDeed } from './queries.ts';

/** A new register, or another name, fee or comment for one. */
export function RegisterDialog({
  register,
  onSaved,
  onClose,
}: {
  register?: CashRegister;
  onSaved: (page: CashRegisters) => void;
  onClose: () => void;
}) {
  const { say, locale } = useWords();
  const here = useLocationHere();
  const names = useMoneyNames();
  const [told, setTold] = useState(false);
  const [name, setName] = useState(register && !register.standard ? register.name : '');
  const [kind, setKind] = useState<'cash' | 'cashless'>(register?.kind ?? 'cash');
  const [percent, setPercent] = useState(register && register.fee.basisPoints > 0 ? writePercent(register.fee.basisPoints, locale) : '');
  const [fixed, setFixed] = useState<{ minor: number | null; wrong: boolean }>({ minor: register?.fee.fixedMinor || null, wrong: false });
  const [comment, setComment] = useState(register?.comment ?? '');
  const basisPoints = readPercent(percent);
  const save = useMoneyDeed(here.id, (wish: object) =>
    register
      ? ask<CashRegisters>('PATCH', at(here.id, 'registers', register.id), { version: register.version, ...wish })
      : ask<CashRegisters>('POST', at(here.id, 'registers'), wish),
  );
  const named = register?.standard || name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!named || basisPoints === undefined || fixed.wrong || save.isPending) return;
    const fee = kind === 'cashless' ? { basisPoints, fixedMinor: fixed.minor ?? 0 } : { basisPoints: 0, fixedMinor: 0 };
    save.mutate(
      { ...(register?.standard ? {} : { name: name.trim() }), ...(register ? {} : { kind }), fee, comment: comment.trim() },
      {
        onSuccess: (page) => {
          onSaved(page);
          onClose();
        },
      },
    );
  };
  const taken = codeOf(save.error) === 'already_there';
  const title = register ? say('transactions.registers.change', { name: names.register(register.name) }) : say('transactions.registers.new');
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!register?.standard && (
            <TextInput
              label={say('transactions.registers.name')}
              required
              data-autofocus
              value={name}
              maxLength={80}
              error={taken ? say('transactions.name_taken') : told && !named ? say('frame.required') : undefined}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
                save.reset();
              }}
            />
          )}
          {!register && (
            <SegmentedControl
              aria-label={say('transactions.registers.kind')}
              value={kind}
              onChange={setKind}
              data={(['cash', 'cashless'] as const).map((one) => ({ value: one, label: say(`transactions.registers.kind.${one}`) }))}
            />
          )}
          {kind === 'cashless' && (
            <Stack gap={4} component="fieldset" p={0} m={0} style={{ border: 0 }}>
              <Text component="legend" size="sm" fw={500}>
                {say('transactions.registers.fee')}
              </Text>
              <Text size="xs" c="dimmed">
                {say('transactions.registers.fee.more')}
              </Text>
              <Group gap="sm" align="flex-start" grow>
                <TextInput
                  label={say('transactions.registers.fee.percent')}
                  inputMode="decimal"
                  value={percent}
                  rightSection="%"
                  error={basisPoints === undefined ? say('transactions.registers.fee.wrong') : undefined}
                  onChange={({ currentTarget }) => setPercent(currentTarget.value)}
                />
                <MoneyInput
                  label={say('transactions.registers.fee.fixed')}
                  currency={register?.currency ?? here.currency}
                  value={fixed.minor}
                  onChange={(minor, wrong) => setFixed({ minor, wrong })}
                />
              </Group>
            </Stack>
          )}
          <Textarea
            label={say('transactions.registers.comment')}
            value={comment}
            maxLength={500}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
          {save.error && !taken && <TroubleNotice error={save.error} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}

import { datedRights, type Right } from '@holdfast/contract/rights';
import type { Roles, RoleWish } from '@holdfast/contract/roles';
import { Checkbox, NumberInput, Paper, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { MoneyInput } from '../frame/money-input.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { rightGroups } from './right-groups.ts';

type DatedRight = (typeof datedRights)[number];

/** What a role allows, by what it is about; and how far: the last days, the largest refund, chosen registers. */
export function RightFields({
  value,
  onChange,
  onWrongAmount,
  roles,
  locked,
}: {
  value: RoleWish;
  onChange: (part: Partial<RoleWish>) => void;
  /** What stands in the field is no amount: it must not be taken for no limit. */
  onWrongAmount: (wrong: boolean) => void;
  roles: Roles;
  locked: boolean;
}) {
  const { say } = useWords();
  const { currency } = useLocationHere();
  const toggle = (right: Right, on: boolean) => onChange({ rights: on ? [...value.rights, right] : value.rights.filter((one) => one !== right) });
  return (
    <>
      {rightGroups.map(({ name, rights }) => (
        <Paper key={name} withBorder p="md" component="fieldset" m={0}>
          <Text component="legend" fw={600} px={6}>
            {say(`users.rights.${name}`)}
          </Text>
          <Stack gap="sm">
            {rights.map((right) => {
              const on = value.rights.includes(right);
              const beyond = !roles.rights.includes(right);
              return (
                <div key={right}>
                  <Checkbox
                    label={say(`users.right.${right}`)}
                    checked={on}
                    disabled={locked || (beyond && !on)}
                    description={beyond && !locked ? say('users.reason.right_not_yours') : undefined}
                    onChange={(event) => toggle(right, event.currentTarget.checked)}
                  />
                  {on && isDated(right) && (
                    <NumberInput
                      mt={4}
                      ml={32}
                      maw={260}
                      size="xs"
                      label={say('users.right.only_last_days')}
                      placeholder={say('users.right.any_day')}
                      description={say('users.right.only_last_days.about')}
                      min={1}
                      max={3650}
                      allowDecimal={false}
                      disabled={locked}
                      value={value.lastDays[right] ?? ''}
                      onChange={(days) => {
                        const { [right]: _, ...others } = value.lastDays;
                        onChange({ lastDays: typeof days === 'number' && days >= 1 ? { ...others, [right]: days } : others });
                      }}
                    />
                  )}
                  {on && right === 'refunds.make' && (
                    <MoneyInput
                      mt={4}
                      ml={32}
                      maw={260}
                      size="xs"
                      label={say('users.right.refund_limit')}
                      placeholder={say('users.right.any_amount')}
                      description={say('users.right.refund_limit.about')}
                      currency={currency}
                      disabled={locked}
                      value={value.refundLimitMinor}
                      onChange={(refundLimitMinor, wrong) => {
                        onWrongAmount(wrong);
                        onChange({ refundLimitMinor });
                      }}
                    />
                  )}
                </div>
              );
            })}
          </Stack>
        </Paper>
      ))}
      <RegisterFields value={value.registers} onChange={(registers) => onChange({ registers })} registers={roles.registers} locked={locked} />
    </>
  );
}

function RegisterFields({
  value,
  onChange,
  registers,
  locked,
}: {
  value: RoleWish['registers'];
  onChange: (registers: string[] | null) => void;
  registers: Roles['registers'];
  locked: boolean;
}) {
  const { say } = useWords();
  return (
    <Paper withBorder p="md" component="fieldset" m={0}>
      <Text component="legend" fw={600} px={6}>
        {say('users.registers')}
      </Text>
      <Radio.Group
        aria-label={say('users.registers')}
        value={value === null ? 'all' : 'chosen'}
        onChange={(next) => onChange(next === 'all' ? null : (value ?? []))}
      >
        <Stack gap="xs">
          <Radio value="all" label={say('users.registers.all')} disabled={locked} />
          <Radio value="chosen" label={say('users.registers.chosen')} disabled={locked} />
        </Stack>
      </Radio.Group>
      {value !== null && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="sm" ml={32}>
          {registers.map(({ id, locationName, name, currency }) => (
            <Checkbox
              key={id}
              label={`${locationName}: ${name === 'main' || name === 'card' ? say(`users.register.${name}`) : name}, ${currency}`}
              checked={value.includes(id)}
              disabled={locked}
              onChange={(event) => onChange(event.currentTarget.checked ? [...value, id] : value.filter((one) => one !== id))}
            />
          ))}
        </SimpleGrid>
      )}
    </Paper>
  );
}

function isDated(right: Right): right is DatedRight {
  return (datedRights as readonly Right[]).includes(right);
}

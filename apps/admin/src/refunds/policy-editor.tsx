import { type CancellationPolicy, policyFault } from '@holdfast/contract/cancellation-rules';
import { Button, Checkbox, Group, NumberInput, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useWords } from '../words.tsx';
import { PolicyPicture } from './policy-picture.tsx';

type Step = CancellationPolicy['steps'][number];

/** What cancelling means: steps, a share for who did not come, until when clients may do it themselves; and what that looks like to them. */
export function PolicyEditor({
  value,
  onChange,
  disabled = false,
}: {
  value: CancellationPolicy;
  onChange: (policy: CancellationPolicy) => void;
  disabled?: boolean;
}) {
  const { say } = useWords();
  const { steps, cancelOnline } = value;
  const fault = policyFault(value);
  const change = (part: Partial<CancellationPolicy>) => onChange({ ...value, ...part });
  const setStep = (index: number, part: Partial<Step>) => change({ steps: steps.map((step, at) => (at === index ? { ...step, ...part } : step)) });
  const whole = { allowDecimal: false, clampBehavior: 'strict', inputMode: 'numeric', min: 0, disabled } as const;
  const percent = (label: string, of: number, set: (percent: number) => void, about?: string) => (
    <NumberInput
      {...whole}
      label={label}
      description={about}
      max={100}
      suffix=" %"
      value={of}
      onChange={(next) => typeof next === 'number' && set(next)}
      w={200}
    />
  );
  const hours = (label: string, of: number, set: (hours: number) => void) => (
    <NumberInput
      {...whole}
      label={label}
      max={8760}
      suffix={` ${say('refunds.policy.hours')}`}
      value={of}
      onChange={(next) => typeof next === 'number' && set(next)}
      w={200}
    />
  );
  const online = (who: 'unprepaid' | 'prepaid') => (
    <Group align="flex-end" gap="md">
      <Checkbox
        label={say(`refunds.policy.online.${who}`)}
        checked={cancelOnline[who] !== null}
        disabled={disabled}
        onChange={({ currentTarget }) => change({ cancelOnline: { ...cancelOnline, [who]: currentTarget.checked ? 0 : null } })}
        mb={8}
      />
      {cancelOnline[who] !== null &&
        hours(say('refunds.policy.online.until'), cancelOnline[who], (next) => change({ cancelOnline: { ...cancelOnline, [who]: next } }))}
    </Group>
  );
  return (
    <Stack gap="md">
      {steps.map((step, index) => (
        // a step has no name but its place
        // biome-ignore lint/suspicious/noArrayIndexKey: what is typed into it changes all else
        <Group key={index} align="flex-end" gap="sm">
          {hours(say('refunds.policy.until'), step.hours, (next) => setStep(index, { hours: next }))}
          {percent(say('refunds.policy.back'), step.percent, (next) => setStep(index, { percent: next }))}
          <Button
            variant="subtle"
            color="gray"
            disabled={disabled}
            aria-label={say('refunds.policy.remove', { hours: step.hours })}
            onClick={() => change({ steps: steps.filter((_, at) => at !== index) })}
          >
            {say('refunds.policy.remove_short')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={disabled || steps.length >= 6}
          onClick={() => change({ steps: [...steps, nextStep(value)] })}
        >
          {say('refunds.policy.add')}
        </Button>
      </Group>
      <Group align="flex-start" gap="md">
        {percent(say(steps.length === 0 ? 'refunds.policy.always' : 'refunds.policy.after'), value.afterPercent, (next) =>
          change({ afterPercent: next }),
        )}
        {percent(say('refunds.policy.no_show'), value.noShowPercent, (next) => change({ noShowPercent: next }))}
      </Group>
      {online('unprepaid')}
      {online('prepaid')}
      {fault ? (
        <Text size="sm" c="var(--hf-bad)" role="alert">
          {say(`refunds.policy.fault.${fault}`)}
        </Text>
      ) : (
        <PolicyPicture policy={value} />
      )}
    </Stack>
  );
}

/** Half as much notice, half as much back: somewhere to start from. */
function nextStep({ steps, afterPercent }: CancellationPolicy): Step {
  const last = steps.at(-1);
  if (!last) return { hours: 24, percent: 100 };
  return { hours: Math.floor(last.hours / 2), percent: Math.max(afterPercent, Math.floor(last.percent / 2)) };
}

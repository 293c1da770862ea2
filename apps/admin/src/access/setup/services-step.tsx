import { ActionIcon, Button, Fieldset, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { MoneyInput } from '../../frame/money-input.tsx';
import { useWords } from '../../words.tsx';
import { isAnswered, isWhole, type ServiceAnswer, type StepProps } from './answers.ts';

export function ServicesStep({ answers: { services, category, location: place }, change }: StepProps) {
  const { say } = useWords();
  const put = (id: number, part: Partial<ServiceAnswer>) => change({ services: services.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <Stack gap="md">
      <TextInput
        label={say('access.setup.category')}
        value={category}
        onChange={({ currentTarget: { value } }) => change({ category: value })}
        maxLength={120}
        autoFocus
      />
      {services.map((one, no) => (
        <Fieldset key={one.id} legend={one.name.trim() || `${say('access.setup.service')} ${no + 1}`} p="sm">
          <Stack gap="sm">
            <Group align="flex-end" gap="sm" wrap="nowrap">
              <TextInput
                label={say('access.setup.service')}
                value={one.name}
                onChange={({ currentTarget: { value: name } }) => put(one.id, { name })}
                maxLength={200}
                style={{ flex: 1 }}
              />
              {services.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={say('access.setup.remove_service', { name: one.name || `${say('access.setup.service')} ${no + 1}` })}
                  onClick={() => change({ services: services.filter(({ id }) => id !== one.id) })}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              )}
            </Group>
            <Group grow gap="sm" align="flex-start">
              <MoneyInput
                label={say('access.setup.price')}
                value={one.priceMinor}
                onChange={(priceMinor) => put(one.id, { priceMinor })}
                currency={place.currency}
              />
              <NumberInput
                label={say('access.setup.minutes')}
                value={one.minutes}
                onChange={(minutes) => put(one.id, { minutes: typeof minutes === 'number' ? minutes : '' })}
                min={5}
                max={1440}
                step={5}
                allowDecimal={false}
                clampBehavior="blur"
              />
            </Group>
            {isAnswered(one) && !isWhole(one) && (
              <Text size="xs" c="dimmed">
                {say('access.setup.service.fill')}
              </Text>
            )}
          </Stack>
        </Fieldset>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() =>
          change({ services: [...services, { id: Math.max(0, ...services.map(({ id }) => id)) + 1, name: '', priceMinor: null, minutes: '' }] })
        }
      >
        {say('access.setup.add_service')}
      </Button>
    </Stack>
  );
}

import type { StatusMatrix } from '@holdfast/contract/cashless';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { Accordion, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';
import { statuses } from './set-status.tsx';
import { StatusIcon } from './status-colours.tsx';
import type { DraftedMatrix } from './statuses-draft.ts';
import './statuses.css';

/** The same table for a narrow screen: team members, then service by service with what it means with whom. */
export function StatusList({
  matrix,
  drafted,
  disabled,
  onSet,
}: {
  matrix: StatusMatrix;
  drafted: DraftedMatrix;
  disabled: boolean;
  onSet: (side: 'services' | 'staff', id: string, status: OnlinePaymentStatus) => void;
}) {
  const { say } = useWords();
  const choices = statuses.map((status) => ({ value: status, label: say(`cashless.status.${status}`) }));
  return (
    <Stack gap="lg">
      <Stack gap="sm" component="section">
        <Title order={2} size="h4">
          {say('cashless.statuses.staff')}
        </Title>
        {matrix.staff.map((one) => (
          <NativeSelect
            key={one.id}
            label={one.name}
            data={choices}
            value={drafted.staffStatus(one.id)}
            disabled={disabled}
            onChange={(event) => onSet('staff', one.id, event.currentTarget.value as OnlinePaymentStatus)}
          />
        ))}
      </Stack>
      <Stack gap="sm" component="section">
        <Title order={2} size="h4">
          {say('cashless.statuses.services')}
        </Title>
        <Accordion variant="separated" multiple>
          {matrix.services.map((service, row) => (
            <Accordion.Item key={service.id} value={service.id}>
              <Accordion.Control>
                <Text fw={600}>{service.name}</Text>
                <span className="hf-status">
                  <StatusIcon status={drafted.serviceStatus(service.id)} />
                  {say(`cashless.status.${drafted.serviceStatus(service.id)}`)}
                </span>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <NativeSelect
                    label={say('cashless.statuses.of_service')}
                    data={choices}
                    value={drafted.serviceStatus(service.id)}
                    disabled={disabled}
                    onChange={(event) => onSet('services', service.id, event.currentTarget.value as OnlinePaymentStatus)}
                  />
                  {matrix.staff.map((one, column) => {
                    const cell = drafted.cells[row]?.[column];
                    if (!cell) return null;
                    return (
                      <div key={one.id}>
                        <Group gap={6}>
                          <Text size="sm" fw={600}>
                            {one.name}
                          </Text>
                          <span className="hf-status">
                            <StatusIcon status={cell.status} />
                            <Text span size="sm">
                              {say(`cashless.status.${cell.status}`)}
                            </Text>
                          </span>
                        </Group>
                        <Text size="xs" c="dimmed">
                          {say(`cashless.reason.${cell.reason}`)}
                        </Text>
                      </div>
                    );
                  })}
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Stack>
    </Stack>
  );
}

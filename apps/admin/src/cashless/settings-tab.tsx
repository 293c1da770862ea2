import type { CashlessPayment } from '@holdfast/contract/cashless';
import { Accordion, Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCreditCard } from '@tabler/icons-react';
import { Empty } from '../frame/empty.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { MethodSwitch } from './method-switch.tsx';

/** The two methods, and below them what they pay through. */
export function SettingsTab({ page, onConnect }: { page: CashlessPayment; onConnect: () => void }) {
  const { say } = useWords();
  const mayEdit = useMay()('online_payment.edit');
  const present = page.connections.filter(({ archivedAt }) => archivedAt === null);
  const archived = page.connections.filter(({ archivedAt }) => archivedAt !== null);
  return (
    <Stack gap="lg">
      {present.length === 0 && (
        <Paper withBorder>
          <Empty
            icon={<IconCreditCard size={32} stroke={1.5} aria-hidden />}
            title={say('cashless.none')}
            more={say('cashless.none.more')}
            action={mayEdit && <Button onClick={onConnect}>{say('cashless.connect')}</Button>}
          />
        </Paper>
      )}
      <Stack gap="sm" component="section">
        <Title order={2} size="h4">
          {say('cashless.methods')}
        </Title>
        {page.methods.map((method) => (
          <MethodSwitch key={method.method} state={method} connections={present} />
        ))}
        <Text size="sm" c="dimmed">
          {say('cashless.no_commission')}
        </Text>
      </Stack>
      {present.length > 0 && (
        <Stack gap="sm" component="section">
          <Title order={2} size="h4">
            {say('cashless.connections')}
          </Title>
          {!page.webhooksReachUs &&
            present.some(
              ({ sandbox, provider }) => !sandbox && page.providers.some(({ name, webhookSetup }) => name === provider && webhookSetup !== 'none'),
            ) && (
              <Alert variant="light" color="yellow">
                {say('cashless.polling')}
              </Alert>
            )}
          {present.map((one) => (
            <ConnectionCard key={one.id} connection={one} page={page} />
          ))}
        </Stack>
      )}
      {archived.length > 0 && (
        <Accordion variant="separated">
          <Accordion.Item value="archived">
            <Accordion.Control>{say('cashless.archived', { count: archived.length })}</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <Text size="sm" c="dimmed">
                  {say('cashless.archived.more')}
                </Text>
                {archived.map((one) => (
                  <ConnectionCard key={one.id} connection={one} page={page} />
                ))}
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}

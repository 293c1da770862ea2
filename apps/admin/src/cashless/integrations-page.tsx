import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useCashless } from './cashless-query.ts';

/** Integrations: every provider there is, and whether it is connected. What is done with it is done in Finance → Cashless payment. */
export function IntegrationsPage() {
  const { say, money } = useWords();
  const page = useCashless();
  const here = useLocationHere();
  const mayEdit = useMay()('online_payment.edit');
  const navigate = useNavigate();
  const { data } = page;
  const open = (search: object) => void navigate({ to: `/${here.slug}/finance/cashless-payment`, search: search as never });
  return (
    <Page title={say('frame.nav.integrations')} about={say('cashless.integrations.about')}>
      {page.isPending && <PageLoading />}
      {page.isError && !data && <TroubleNotice error={page.error} onRetry={() => void page.refetch()} />}
      {data && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {data.providers.map((provider) => {
            const connected = data.connections.filter((one) => one.provider === provider.name && one.archivedAt === null);
            const inUse = connected.some(({ usedBy }) => usedBy.length > 0);
            return (
              <Paper key={provider.name} withBorder p="md" component="article" aria-label={provider.title}>
                <Stack gap="sm" h="100%">
                  <Group justify="space-between">
                    <Title order={2} size="h4">
                      {provider.title}
                    </Title>
                    <Badge variant="default" tt="none" c={inUse ? 'var(--hf-good)' : undefined}>
                      {say(inUse ? 'cashless.state.in_use' : connected.length > 0 ? 'cashless.state.connected' : 'cashless.state.not_connected')}
                    </Badge>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {connected.map(({ label, account }) => (account ? `${label} · ${account}` : label)).join('; ') ||
                      say('cashless.provider.minimum', { amount: money(provider.minimumChargeMinor, data.currency) })}
                  </Text>
                  <Group gap="sm" mt="auto">
                    <ReasonButton
                      variant={connected.length > 0 ? 'default' : 'filled'}
                      reason={
                        mayEdit
                          ? provider.takesCurrency
                            ? undefined
                            : say('cashless.provider.currency', { currency: data.currency })
                          : say('frame.no_right')
                      }
                      onClick={() => open({ connect: provider.name, draft: data.newConnectionId })}
                    >
                      {connected.length > 0 ? say('cashless.connect.another') : say('cashless.connect')}
                    </ReasonButton>
                    {connected.length > 0 && (
                      <ReasonButton variant="default" reason={undefined} onClick={() => open({ tab: 'settings' })}>
                        {say('cashless.tab.settings')}
                      </ReasonButton>
                    )}
                  </Group>
                </Stack>
              </Paper>
            );
          })}
        </SimpleGrid>
      )}
    </Page>
  );
}

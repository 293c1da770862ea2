import type { AvailableProvider, CashlessPayment } from '@holdfast/contract/cashless';
import { Anchor, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useWords } from '../words.tsx';
import { ConnectForm } from './connect-form.tsx';
import type { CashlessSearch } from './routes.tsx';

/** Connecting a provider: which one, then its form with the webhook address beside it. */
export function ConnectPanel({
  page,
  provider: name,
  draft,
  onGo,
}: {
  page: CashlessPayment;
  provider: string;
  draft: string;
  onGo: (search: CashlessSearch) => void;
}) {
  const { say } = useWords();
  const provider = page.providers.find((one) => one.name === name);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={2} size="h4" ref={heading} tabIndex={-1}>
          {provider ? say('cashless.connect.provider', { provider: provider.title }) : say('cashless.connect.choose')}
        </Title>
        <Button variant="default" size="xs" onClick={() => onGo({ tab: 'settings' })}>
          {say('frame.cancel')}
        </Button>
      </Group>
      {provider ? (
        <>
          {provider.sandboxPage && (
            <Paper p="md" style={{ background: 'var(--hf-warm-soft)', color: 'var(--hf-warm-ink)' }}>
              <Text size="sm">
                {say('cashless.connect.sandbox')}{' '}
                <Anchor href={provider.sandboxPage} target="_blank" rel="noreferrer" size="sm" c="inherit" td="underline">
                  {say('cashless.connect.sandbox.link', { provider: provider.title })}
                </Anchor>
              </Text>
            </Paper>
          )}
          <ConnectForm page={page} provider={provider} connectionId={draft} onDone={() => onGo({ tab: 'settings' })} />
        </>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {page.providers.map((one) => (
            <ProviderChoice key={one.name} provider={one} currency={page.currency} onChoose={() => onGo({ connect: one.name, draft })} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function ProviderChoice({ provider, currency, onChoose }: { provider: AvailableProvider; currency: string; onChoose: () => void }) {
  const { say, money } = useWords();
  return (
    <Paper withBorder p="md" component="article" aria-label={provider.title}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {provider.title}
        </Title>
        <Text size="sm" c="dimmed">
          {provider.takesCurrency
            ? say('cashless.provider.minimum', { amount: money(Math.max(provider.minimumChargeMinor, 1), currency) })
            : say('cashless.provider.currency', { currency })}
        </Text>
        <ReasonButton reason={provider.takesCurrency ? undefined : say('cashless.provider.currency', { currency })} onClick={onChoose}>
          {say('cashless.connect')}
        </ReasonButton>
      </Stack>
    </Paper>
  );
}

import type { AvailableProvider } from '@holdfast/contract/cashless';
import { List, Paper, Title } from '@mantine/core';
import { useWords } from '../words.tsx';

/** The steps at the provider, as its adapter tells them. */
export function HowToConnect({ provider }: { provider: AvailableProvider }) {
  const { say, language } = useWords();
  if (provider.steps.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={3} size="h5" mb="xs">
        {say('cashless.steps')}
      </Title>
      <List type="ordered" size="sm" spacing={6} pr="lg" styles={{ itemWrapper: { display: 'inline' } }}>
        {provider.steps.map((step) => (
          <List.Item key={step.en}>{step[language]}</List.Item>
        ))}
      </List>
    </Paper>
  );
}

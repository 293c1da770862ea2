import type { CredentialFieldShown, PaymentConnection } from '@holdfast/contract/cashless';
import { Code, Text } from '@mantine/core';
import { useWords } from '../words.tsx';

/** What may be seen of one value that is kept: a setting as it is, of a key the last four characters, of a certificate only that it is there. */
export function CredentialHint({ hint, field }: { hint: PaymentConnection['hints'][number]; field: CredentialFieldShown | undefined }) {
  const { say, language } = useWords();
  if (hint.value !== null && hint.value !== '')
    return <bdi>{field?.choices.find(({ value }) => value === hint.value)?.title[language] ?? hint.value}</bdi>;
  if (hint.lastFour !== '') return <Code>{`••••${hint.lastFour}`}</Code>;
  return (
    <Text span size="sm" c="dimmed">
      {say(hint.saved ? 'cashless.hint.saved' : 'cashless.hint.empty')}
    </Text>
  );
}

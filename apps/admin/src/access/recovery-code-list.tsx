import { Alert, Button, Code, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { copyText } from '../checkout/copy-text.ts';
import { toast } from '../frame/toast.tsx';
import { useWords } from '../words.tsx';

/** Third step: shown this once, to be printed or copied. Printing leaves everything else out. */
export function RecoveryCodeList({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    if (await copyText(Promise.resolve(codes.join('\n')))) toast(say('frame.copied'));
  };
  return (
    <Stack gap="md" className="hf-print-only-this">
      <Title order={3} size="h5" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {say('access.factor.codes')}
      </Title>
      <Alert variant="light">{say('access.factor.codes.about')}</Alert>
      <SimpleGrid component="ul" cols={{ base: 2, sm: 5 }} spacing="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {codes.map((code) => (
          <li key={code}>
            <Code fz="md">{code}</Code>
          </li>
        ))}
      </SimpleGrid>
      <Group className="hf-not-printed">
        <Button variant="default" onClick={() => void copy()}>
          {say('frame.copy')}
        </Button>
        <Button variant="default" onClick={() => print()}>
          {say('access.factor.codes.print')}
        </Button>
        <Button onClick={onKept}>{say('access.factor.codes.kept')}</Button>
      </Group>
    </Stack>
  );
}

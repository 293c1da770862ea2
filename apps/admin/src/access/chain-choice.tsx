import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useWords } from '../words.tsx';

/** Somebody who works for several salons with one password says where they go now. */
export function ChainChoice({
  chains,
  onChoose,
  onBack,
}: {
  chains: readonly { readonly slug: string; readonly name: string }[];
  onChoose: (slug: string) => void;
  onBack: () => void;
}) {
  const { say } = useWords();
  return (
    <Stack gap="md" role="group" aria-labelledby="chain-choice">
      <div>
        <Title order={2} size="h5" id="chain-choice">
          {say('access.chain.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {say('access.chain.about')}
        </Text>
      </div>
      {chains.map(({ slug, name }, no) => (
        <Button key={slug} variant="default" onClick={() => onChoose(slug)} autoFocus={no === 0} fullWidth>
          {name}
        </Button>
      ))}
      <Anchor component="button" type="button" size="sm" onClick={onBack}>
        {say('access.back')}
      </Anchor>
    </Stack>
  );
}

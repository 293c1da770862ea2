import { Center, Loader } from '@mantine/core';
import { useWords } from '../words.tsx';

export function PageLoading() {
  const { say } = useWords();
  return (
    <Center mih={240} role="status" aria-label={say('frame.loading')}>
      <Loader type="dots" />
    </Center>
  );
}

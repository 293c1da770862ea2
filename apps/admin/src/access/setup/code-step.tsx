import { TextInput } from '@mantine/core';
import { useWords } from '../../words.tsx';
import type { StepProps } from './answers.ts';

export function CodeStep({ answers, change }: StepProps) {
  const { say } = useWords();
  return (
    <TextInput
      label={say('access.setup.code')}
      value={answers.code}
      onChange={({ currentTarget: { value: code } }) => change({ code })}
      placeholder="xxxx-xxxx-xxxx"
      autoFocus
      required
      withAsterisk={false}
      maxLength={60}
      spellCheck={false}
      autoCapitalize="none"
      autoComplete="off"
    />
  );
}

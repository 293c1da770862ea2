import type { Enrolment, RecoveryCodes } from '@holdfast/contract/signing-in';
import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api.ts';
import { QrCode } from '../checkout/qr-dialog.tsx';
import { useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';

/** Second step: into the app, and a code to show that it is there. */
export function ConfirmEnrolment({
  enrolment: { secret, uri },
  onConfirmed,
  onCancel,
}: {
  enrolment: Enrolment;
  onConfirmed: (codes: readonly string[]) => void;
  onCancel: () => void;
}) {
  const { say } = useWords();
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => ask<RecoveryCodes>('POST', 'account/second-factor/confirmation', { code }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack gap="md" maw={420}>
        <Text size="sm" fw={600}>
          {say('access.factor.scan')}
        </Text>
        <Group maw={220}>
          <QrCode url={uri} label={say('access.factor.qr')} />
        </Group>
        <Text size="sm">
          {say('access.factor.by_hand')} <Code style={{ overflowWrap: 'anywhere' }}>{secret.replace(/(.{4})/g, '$1 ').trim()}</Code>
        </Text>
        <TextInput
          label={say('access.factor.confirm')}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoFocus
          required
          withAsterisk={false}
          maxLength={10}
        />
        {confirm.isError && (
          <AccessTrouble
            error={confirm.error}
            words={{
              wrong_credentials: 'access.trouble.wrong_code',
              invalid_request: 'access.trouble.wrong_code',
              not_ready: 'access.trouble.begin_again',
            }}
          />
        )}
        <Group>
          <Button type="submit" loading={confirm.isPending}>
            {say('access.factor.switch_on')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

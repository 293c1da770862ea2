import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Trouble } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';

const words = {
  provider_unreachable: 'cashless.trouble.provider_unreachable',
  still_used: 'cashless.trouble.other_account',
  step_not_allowed: 'cashless.trouble.step_not_allowed',
  already_there: 'cashless.trouble.already_there',
  payment_unavailable: 'cashless.trouble.sandbox',
} as const satisfies Record<string, TextKey>;

/** What the provider, or the server, has against these credentials; in the provider's own words where it has some. */
export function ConnectionTrouble({ error, refused = 'cashless.trouble.refused' }: { error: unknown; refused?: TextKey }) {
  const { say } = useWords();
  if (otherWebhook(error)) return null;
  if (!(error instanceof Trouble) || error.code !== 'credentials_refused') return <TroubleNotice error={error} words={words} />;
  const { words: theirs } = error.detail as { words?: string };
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert" title={say(refused)}>
      {theirs && (
        <Text size="sm" component="q">
          {theirs}
        </Text>
      )}
    </Alert>
  );
}

/** The provider's only address is this one: whoever shows the trouble asks whether to replace it. */
export function otherWebhook(error: unknown): string | undefined {
  if (!(error instanceof Trouble) || error.detail['why'] !== 'other_webhook') return undefined;
  const { otherUrl } = error.detail;
  return typeof otherUrl === 'string' ? otherUrl : '';
}

export function GoodCredentials({ account }: { account: string }) {
  const { say } = useWords();
  return (
    <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} role="status">
      {say('cashless.test.good', { account })}
    </Alert>
  );
}

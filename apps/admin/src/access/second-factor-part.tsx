import type { Account, Enrolment } from '@holdfast/contract/signing-in';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from '../frame/toast.tsx';
import { sessionQuery } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AccountPart } from './account-part.tsx';
import { accountQuery } from './account-query.ts';
import { ConfirmEnrolment } from './confirm-enrolment.tsx';
import { EndSecondFactor } from './end-second-factor.tsx';
import { ProvePassword } from './prove-password.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';

type Step = { at: 'rest' } | { at: 'password' } | { at: 'scan'; enrolment: Enrolment } | { at: 'codes'; codes: readonly string[] } | { at: 'off' };

/** The second factor: on in three steps (password, scan and confirm, keep the recovery codes), off in one. */
export function SecondFactorPart({ account }: { account: Account }) {
  const { say, locale } = useWords();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const rest = () => setStep({ at: 'rest' });
  const readAgain = () => Promise.all([queries.invalidateQueries(accountQuery), queries.invalidateQueries({ queryKey: sessionQuery.queryKey })]);
  const on = account.secondFactor;
  const since = on && new Date(on.since).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <AccountPart
      title={say('access.factor')}
      about={
        on
          ? `${say('access.factor.on', { when: since ?? '' })} ${say('access.factor.left', { count: on.recoveryCodesLeft })}`
          : say('access.factor.off')
      }
    >
      {step.at === 'rest' && on && on.recoveryCodesLeft < 3 && (
        <Alert color="yellow" variant="light">
          {say('access.factor.few')}
        </Alert>
      )}
      {step.at === 'rest' && (
        <Group>
          {on ? (
            <Button variant="default" onClick={() => setStep({ at: 'off' })}>
              {say('access.factor.switch_off')}
            </Button>
          ) : account.hasPassword ? (
            <Button onClick={() => setStep({ at: 'password' })}>{say('access.factor.switch_on')}</Button>
          ) : (
            <Text size="sm">{say('access.account.password.none')}</Text>
          )}
        </Group>
      )}
      {step.at === 'password' && <ProvePassword onProven={(enrolment) => setStep({ at: 'scan', enrolment })} onCancel={rest} />}
      {step.at === 'scan' && (
        <ConfirmEnrolment
          enrolment={step.enrolment}
          onConfirmed={(codes) => {
            setStep({ at: 'codes', codes });
            void readAgain();
          }}
          onCancel={rest}
        />
      )}
      {step.at === 'codes' && <RecoveryCodeList codes={step.codes} onKept={rest} />}
      {step.at === 'off' && (
        <Stack>
          <EndSecondFactor
            onEnded={() => {
              rest();
              toast(say('access.factor.is_off'));
              void readAgain();
            }}
            onCancel={rest}
          />
        </Stack>
      )}
    </AccountPart>
  );
}

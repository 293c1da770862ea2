import type { FirstRunDone } from '@holdfast/contract/first-run';
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, codeOf } from '../../api.ts';
import { PageLoading } from '../../frame/page-loading.tsx';
import { ReasonButton } from '../../frame/reason-button.tsx';
import { TroubleNotice } from '../../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../../words.tsx';
import { AccessTrouble } from '../access-trouble.tsx';
import { Entrance } from '../entrance.tsx';
import { installationQuery } from '../installation-query.ts';
import { type Answers, toFirstRun } from './answers.ts';
import { CodeStep } from './code-step.tsx';
import { DoneStep } from './done-step.tsx';
import { firstAnswers } from './first-answers.ts';
import { OwnerStep } from './owner-step.tsx';
import { PlaceStep } from './place-step.tsx';
import { ServicesStep } from './services-step.tsx';
import { TeamStep } from './team-step.tsx';
import { type StepName, steps, whyNotOn } from './why-not-on.ts';

const parts = { code: CodeStep, owner: OwnerStep, place: PlaceStep, services: ServicesStep, team: TeamStep } as const;
const titles: Readonly<Record<StepName, { title: TextKey; about: TextKey }>> = {
  code: { title: 'access.setup.code.title', about: 'access.setup.code.about' },
  owner: { title: 'access.setup.owner.title', about: 'access.setup.about' },
  place: { title: 'access.setup.place.title', about: 'access.setup.place.about' },
  services: { title: 'access.setup.services.title', about: 'access.setup.services.about' },
  team: { title: 'access.setup.team.title', about: 'access.setup.team.about' },
};

/** The first run: from an empty installation to a salon that can be booked. */
export function SetupPage() {
  const { say } = useWords();
  const installation = useQuery({ ...installationQuery, refetchOnWindowFocus: false });
  const [opened, setOpened] = useState<FirstRunDone & { name: string }>();
  if (opened)
    return (
      <Entrance title={say('access.setup.done.title', { name: opened.name })} about={say('access.setup.done.about')} focusTitle>
        <DoneStep bookingPage={opened.bookingPage} />
      </Entrance>
    );
  if (installation.data?.setUp) return <Navigate to="/sign-in" replace />;
  if (installation.data) return <Wizard onOpened={setOpened} />;
  return (
    <Entrance title={say('access.setup')}>
      {installation.isPending ? <PageLoading /> : <TroubleNotice error={installation.error} onRetry={() => void installation.refetch()} />}
    </Entrance>
  );
}

/** One step after the other; whatever was answered stays, also on the way back. */
function Wizard({ onOpened }: { onOpened: (done: FirstRunDone & { name: string }) => void }) {
  const { say, language } = useWords();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState(firstAnswers);
  const [at, setAt] = useState(0);
  const step = steps[at] ?? 'code';
  const change = (part: Partial<Answers>) => setAnswers((before) => ({ ...before, ...part }));
  const go = useMutation({
    mutationFn: async () => {
      if (step === 'code') await ask('POST', 'setup/code', { code: answers.code });
      return step === 'team' ? ask<FirstRunDone>('POST', 'setup', toFirstRun(answers, language)) : undefined;
    },
    onSuccess: (done) => {
      if (!done) return setAt(at + 1);
      onOpened({ ...done, name: answers.location.name });
      void queries.invalidateQueries(installationQuery);
    },
    onError: (error) => {
      if (codeOf(error) === 'weak_password') setAt(steps.indexOf('owner'));
    },
  });
  const reason = whyNotOn(step, answers);
  const Part = parts[step];
  return (
    <Entrance title={say(titles[step].title)} about={say(titles[step].about)} wide focusTitle={at > 0}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!reason) go.mutate();
        }}
      >
        <Stack gap="lg">
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {say('access.setup.step', { step: at + 1, steps: steps.length })}
            </Text>
            <Progress
              value={((at + 1) / steps.length) * 100}
              size="xs"
              aria-label={say('access.setup.step', { step: at + 1, steps: steps.length })}
            />
          </div>
          <Part key={step} answers={answers} change={change} error={go.error} />
          {go.isError && codeOf(go.error) !== 'weak_password' && (
            <AccessTrouble error={go.error} words={{ wrong_credentials: 'access.trouble.wrong_setup_code', not_found: 'access.trouble.set_up' }} />
          )}
          <Group justify="space-between">
            {at > 0 ? (
              <Button
                variant="default"
                onClick={() => {
                  go.reset();
                  setAt(at - 1);
                }}
              >
                {say('access.back')}
              </Button>
            ) : (
              <span />
            )}
            <ReasonButton type="submit" loading={go.isPending} reason={reason && say(reason)}>
              {say(step === 'team' ? 'access.setup.finish' : 'access.setup.next')}
            </ReasonButton>
          </Group>
        </Stack>
      </form>
    </Entrance>
  );
}

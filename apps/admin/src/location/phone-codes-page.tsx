import type { PhoneCodes } from '@holdfast/contract/phone-codes';
import { Alert, Anchor, Button, Card, Fieldset, Group, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { usePhoneCodes, useSaveBudget, useUnblock } from './phone-codes-query.ts';

/** Settings → My location → Phone confirmation: what codes may cost in a day, and which numbers are sent none. */
export function PhoneCodesPage() {
  const { say } = useWords();
  const codes = usePhoneCodes();
  return (
    <Page title={say('location.codes')} about={say('location.codes.about')}>
      {codes.isPending && <PageLoading />}
      {codes.isError && !codes.data && <TroubleNotice error={codes.error} onRetry={() => void codes.refetch()} />}
      {codes.data && (
        <Stack gap="lg">
          {!codes.data.smsIsOn && <NoSms />}
          <LastDay codes={codes.data} />
          <BlockedPrefixes codes={codes.data} />
          <Budget codes={codes.data} />
        </Stack>
      )}
    </Page>
  );
}

function NoSms() {
  const { say } = useWords();
  const { slug } = useLocationHere();
  return (
    <Alert
      icon={<IconMessageOff aria-hidden />}
      title={say('location.codes.no_sms')}
      bg="var(--hf-warm-soft)"
      styles={{ title: { color: 'var(--hf-warm-ink)' } }}
    >
      <Text size="sm">{say('location.codes.no_sms.about')}</Text>
      <Anchor component={Link} to={`/${slug}/settings/messages`} size="sm">
        {say('location.codes.to_messages')}
      </Anchor>
    </Alert>
  );
}

function LastDay({ codes: { lastDay, codesPerDay } }: { codes: PhoneCodes }) {
  const { say } = useWords();
  const figures = [
    ['sent', say('location.codes.of_budget', { sent: lastDay.sent, budget: codesPerDay })],
    ['confirmed', String(lastDay.confirmed)],
    ['held_back', String(lastDay.heldBack)],
  ] as const;
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        {say('location.codes.last_day')}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 3 }} component="dl" m={0}>
        {figures.map(([name, figure]) => (
          <Card key={name} withBorder padding="sm">
            <Text component="dt" size="sm" c="dimmed">
              {say(`location.codes.${name}`)}
            </Text>
            <Text component="dd" m={0} size="xl" fw={650} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {figure}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
    </section>
  );
}

function BlockedPrefixes({ codes: { blocked, timeZone } }: { codes: PhoneCodes }) {
  const { say, when } = useWords();
  const unblock = useUnblock();
  return (
    <section>
      <Title order={2} size="h4">
        {say('location.codes.blocked')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={640}>
        {say('location.codes.blocked.about')}
      </Text>
      {unblock.isError && <TroubleNotice error={unblock.error} />}
      {blocked.length === 0 && <Text size="sm">{say('location.codes.none_blocked')}</Text>}
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {blocked.map(({ prefix, numbers, blockedAt, blockedUntil }) => (
          <Card key={prefix} component="li" withBorder padding="sm">
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={600} dir="ltr" component="span">
                  {prefix}…
                </Text>
                <Text size="sm" c="dimmed">
                  {say('location.codes.blocked.why', { count: numbers, since: when(blockedAt, timeZone), until: when(blockedUntil, timeZone) })}
                </Text>
              </div>
              <Button
                variant="default"
                aria-label={say('location.codes.unblock.which', { prefix })}
                loading={unblock.isPending && unblock.variables === prefix}
                onClick={() => unblock.mutate(prefix, { onSuccess: () => toast(say('location.codes.unblocked')) })}
              >
                {say('location.codes.unblock')}
              </Button>
            </Group>
          </Card>
        ))}
      </Stack>
    </section>
  );
}

function Budget({ codes: { codesPerDay, version } }: { codes: PhoneCodes }) {
  const { say } = useWords();
  const draft = useDraft({ codesPerDay, version });
  const save = useSaveBudget();
  useLeaveGuard(draft.dirty);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(draft.value, {
      onSuccess: (saved) => {
        draft.saved({ codesPerDay: saved.codesPerDay, version: saved.version });
        toast(say('frame.saved'));
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Fieldset legend={say('location.codes.budget')}>
          <NumberInput
            label={say('location.codes.per_day')}
            description={say('location.codes.per_day.about')}
            value={draft.value.codesPerDay}
            onChange={(next) => typeof next === 'number' && draft.change({ codesPerDay: next })}
            min={1}
            max={100_000}
            clampBehavior="strict"
            allowDecimal={false}
            inputMode="numeric"
            maw={320}
          />
        </Fieldset>
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          theirs={draft.theirs && say('location.booking.theirs')}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}

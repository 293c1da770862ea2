import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type TextKey, useWords } from '../words.tsx';
import { ReasonButton } from './reason-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

/**
 * The foot of a form: Save, with the reason where it cannot be used; what went wrong; and what to do when somebody else was faster. Stays in sight while
 * the form is longer than the screen.
 */
export function SaveBar({
  dirty,
  saving,
  error,
  words = {},
  changed,
  reason,
  theirs,
  onReset,
  onKeepMine,
}: {
  dirty: boolean;
  saving: boolean;
  error?: unknown;
  words?: Readonly<Record<string, TextKey>>;
  /** What was changed, in words: the names of the fields. */
  changed?: string;
  /** Why it cannot be saved, apart from having nothing to save. */
  reason?: string;
  /** What somebody else has changed, in words; undefined: nobody has. */
  theirs?: ReactNode;
  onReset: () => void;
  onKeepMine?: () => void;
}) {
  const { say } = useWords();
  return (
    <Paper className="hf-save-bar" withBorder p="sm">
      <Stack gap="sm">
        {theirs && (
          <Alert role="alert" title={say('frame.theirs')} bg="var(--hf-warm-soft)" styles={{ title: { color: 'var(--hf-warm-ink)' } }}>
            <Text size="sm" component="div">
              {theirs}
            </Text>
            <Group mt="xs" gap="sm">
              {onKeepMine && (
                <Button size="xs" variant="default" onClick={onKeepMine}>
                  {say('frame.theirs.keep_mine')}
                </Button>
              )}
              <Button size="xs" variant="default" onClick={onReset}>
                {say('frame.theirs.take')}
              </Button>
            </Group>
          </Alert>
        )}
        {Boolean(error) && !theirs && <TroubleNotice error={error} words={words} />}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status" lineClamp={2} style={{ flex: '1 1 200px' }}>
            {dirty ? (changed ? say('frame.unsaved.fields', { fields: changed }) : say('frame.unsaved')) : ''}
          </Text>
          <Group gap="sm">
            {dirty && (
              <Button variant="default" onClick={onReset} disabled={saving}>
                {say('frame.discard')}
              </Button>
            )}
            <ReasonButton type="submit" loading={saving} reason={reason ?? (dirty ? undefined : say('frame.nothing_changed'))}>
              {say('frame.save')}
            </ReasonButton>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}

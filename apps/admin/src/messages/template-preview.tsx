import { directionOf } from '@holdfast/contract/client-language';
import { fillTemplate } from '@holdfast/contract/fill-template';
import { Paper, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { sampleFacts } from './sample-facts.ts';
import { smsLength } from './sms-length.ts';
import type { SavedTemplate } from './template-editor.tsx';

/** How a message will look, filled in as the server fills it; for an SMS also what it will cost. */
export function TemplatePreview({ saved: { channel, language }, subject, body }: { saved: SavedTemplate; subject: string; body: string }) {
  const { say } = useWords();
  const id = useId();
  const { name, currency, timeZone } = useLocationHere();
  const facts = sampleFacts(language, { salon: name, currency, timeZone, now: serverNow(), origin: location.origin });
  const text = fillTemplate(body, facts).trim();
  const { alphabet, units, segments, left } = smsLength(text);
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Text size="sm" fw={500} id={id} mih={30}>
        {say('messages.words.preview')}
      </Text>
      <Paper
        withBorder
        p="md"
        lang={language}
        dir={directionOf(language)}
        bg="var(--mantine-color-default-hover)"
        style={{ overflowWrap: 'anywhere' }}
      >
        {channel === 'email' && (
          <Text fw={600} mb="sm">
            {fillTemplate(subject, facts)}
          </Text>
        )}
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Text>
      </Paper>
      {channel === 'sms' && (
        <Text size="sm" c="dimmed">
          {say('messages.sms.length', { count: segments, units, left })} {alphabet === 'ucs2' && say('messages.sms.ucs2')}
        </Text>
      )}
    </Stack>
  );
}

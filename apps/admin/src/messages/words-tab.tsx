import { type ClientLanguage, clientLanguageNames } from '@holdfast/contract/client-language';
import { type MessageChannel, type MessageKind, messageChannels } from '@holdfast/contract/message-kinds';
import type { MessageSettings } from '@holdfast/contract/messages';
import { SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../words.tsx';
import type { MessagesSearch } from './routes.tsx';
import { TemplateEditor } from './template-editor.tsx';

const keyOf = (one: { kind: string; channel: string; language: string }) => `${one.kind}/${one.channel}/${one.language}`;

/** The words of every message, in every language of the salon. */
export function WordsTab({ settings: { templates, languages } }: { settings: MessageSettings }) {
  const { say, language: spoken } = useWords();
  const search = useSearch({ strict: false }) as MessagesSearch;
  const navigate = useNavigate();
  const go = (part: Partial<MessagesSearch>) =>
    void navigate({ to: '.', search: (before: MessagesSearch) => ({ ...before, ...part }), replace: true });
  const kinds = [...new Set(templates.map(({ kind }) => kind))];
  const kind = kinds.find((one) => one === search.kind) ?? kinds[0] ?? 'booked';
  const channel = search.channel ?? 'email';
  const language = [search.language, spoken, ...languages].find((one) => one && languages.includes(one)) ?? 'en';
  const current = keyOf({ kind, channel, language });
  // what is typed for one message stays while another one is looked at
  const [seen, setSeen] = useState<readonly string[]>([current]);
  if (!seen.includes(current)) setSeen([...seen, current]);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
        <Select
          label={say('messages.words.kind')}
          data={kinds.map((one) => ({ value: one, label: say(`messages.kind.${one}`) }))}
          value={kind}
          onChange={(next) => next && go({ kind: next as MessageKind })}
          allowDeselect={false}
        />
        <Select
          label={say('messages.words.language')}
          data={languages.map((one) => ({ value: one, label: clientLanguageNames[one] }))}
          value={language}
          onChange={(next) => next && go({ language: next as ClientLanguage })}
          allowDeselect={false}
        />
        <SegmentedControl
          aria-label={say('messages.words.channel')}
          data={messageChannels.map((one) => ({ value: one, label: say(`messages.channel.${one}`) }))}
          value={channel}
          onChange={(next) => go({ channel: next as MessageChannel })}
        />
      </SimpleGrid>
      {templates
        .filter((one) => seen.includes(keyOf(one)))
        .map((one) => (
          <div key={keyOf(one)} hidden={keyOf(one) !== current}>
            <TemplateEditor saved={one} />
          </div>
        ))}
    </Stack>
  );
}

import { type EmbedMode, embedModes, embedPolicy, embedStyle, embedTag } from '@holdfast/contract/embed-tag';
import { Fieldset, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words.tsx';
import { CodeToCopy } from './code-to-copy.tsx';
import { type Chosen, placeOf } from './use-chosen.ts';

interface Embedded {
  readonly page: string;
  readonly link?: string;
  readonly chosen: Chosen;
  readonly measured?: boolean;
  readonly children?: ReactNode;
}

/** The line that puts the booking on the salon's own site, and what that site has to allow. */
export function EmbedFields({ page, link, chosen, measured, children }: Embedded) {
  const { say } = useWords();
  const [mode, setMode] = useState<EmbedMode>('inline');
  const [label, setLabel] = useState('');
  const house = new URL(page).origin;
  return (
    <Fieldset legend={say('links.embed')}>
      <Stack gap="md">
        <Input.Wrapper label={say('links.embed.mode')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={say('links.embed.mode')}
              value={mode}
              onChange={(next) => setMode(next as EmbedMode)}
              data={embedModes.map((one) => ({ value: one, label: say(`links.embed.${one}`) }))}
            />
          </div>
        </Input.Wrapper>
        {mode !== 'inline' && (
          <TextInput
            label={say('links.embed.label')}
            description={say('links.embed.label.about')}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            maxLength={60}
            maw={320}
          />
        )}
        <CodeToCopy
          title={say('links.embed.code')}
          about={say(mode === 'popup' ? 'links.embed.code.anywhere' : 'links.embed.code.there')}
          code={embedTag({ house, place: placeOf(page), mode, link: link ?? null, ...chosen, label })}
        />
        {mode === 'inline' && <CodeToCopy title={say('links.embed.style')} about={say('links.embed.style.about')} code={embedStyle()} />}
        <CodeToCopy title={say('links.embed.policy')} about={say('links.embed.policy.about')} code={embedPolicy(house, measured)} />
        {children ?? (
          <Text size="sm" c="dimmed">
            {say('links.embed.origins_elsewhere')}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

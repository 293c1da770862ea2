import { missingPlaceholder, placeholders, unknownPlaceholders } from '@holdfast/contract/message-kinds';
import type { MessageSettings, TemplateWish } from '@holdfast/contract/messages';
import { Badge, Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useWords } from '../words.tsx';
import { useMessageDeed } from './messages-query.ts';
import { TemplatePreview } from './template-preview.tsx';

export type SavedTemplate = MessageSettings['templates'][number];
const partOf = ({ subject, body, own }: SavedTemplate) => ({ subject, body, own });

/** One message in one language: its words, what can be put into them, and how it will look. */
export function TemplateEditor({ saved }: { saved: SavedTemplate }) {
  const { say } = useWords();
  const { kind, channel, language } = saved;
  const ground = useMemo(() => partOf(saved), [saved]);
  const draft = useDraft(ground);
  const save = useMessageDeed<TemplateWish>();
  useLeaveGuard(draft.dirty);
  const { value, change, base } = draft;
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const last = useRef<'subject' | 'body'>('body');
  const wrongIn = (text: string) => {
    const unknown = unknownPlaceholders(kind, text);
    return unknown.length > 0 ? say('messages.words.unknown', { names: unknown.map((name) => `{${name}}`).join(', ') }) : undefined;
  };
  const missing = missingPlaceholder(kind, value.body);
  const wrongSubject = channel === 'email' ? (value.subject.trim() === '' ? say('frame.required') : wrongIn(value.subject)) : undefined;
  const wrongBody =
    value.body.trim() === '' ? say('frame.required') : (wrongIn(value.body) ?? (missing && say('messages.words.needed', { name: `{${missing}}` })));
  const put = (own: TemplateWish['own']) =>
    save.mutate(
      { path: ['templates', kind, channel, language], wish: { own, was: base.own ? { subject: base.subject, body: base.body } : null } },
      {
        onSuccess: ({ templates }) => {
          const now = templates.find((one) => one.kind === kind && one.channel === channel && one.language === language);
          if (now) draft.saved(partOf(now));
          toast(say(own ? 'frame.saved' : 'messages.words.ours_again.done'));
        },
      },
    );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (draft.dirty && !wrongSubject && !wrongBody) put({ subject: value.subject, body: value.body });
  };
  const again = async () => {
    const question = {
      title: say('messages.words.ours_again.sure'),
      more: say('messages.words.ours_again.more'),
      yes: say('messages.words.ours_again'),
    };
    if (await confirmed({ ...question, danger: true })) put(null);
  };
  const insert = (name: string) => {
    const field = last.current;
    const input = field === 'subject' ? subject.current : body.current;
    const { selectionStart, selectionEnd } = input ?? {};
    const from = selectionStart ?? value[field].length;
    const put = `{${name}}`;
    change({ [field]: value[field].slice(0, from) + put + value[field].slice(selectionEnd ?? from) });
    // after the new text is drawn, the next letter follows what was put in
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="md">
          <Group justify="space-between" gap="sm" mih={30}>
            <Badge variant="light" tt="none" color={value.own ? 'holdfast' : 'gray'}>
              {say(value.own ? 'messages.words.own' : 'messages.words.ours')}
            </Badge>
            {value.own && (
              <Button variant="subtle" size="compact-sm" onClick={() => void again()} loading={save.isPending}>
                {say('messages.words.ours_again')}
              </Button>
            )}
          </Group>
          {channel === 'email' && (
            <TextInput
              ref={subject}
              lang={language}
              label={say('messages.words.subject')}
              value={value.subject}
              onChange={(event) => change({ subject: event.currentTarget.value })}
              onFocus={() => {
                last.current = 'subject';
              }}
              maxLength={200}
              required
              error={wrongSubject}
            />
          )}
          <Textarea
            ref={body}
            lang={language}
            label={say('messages.words.body')}
            value={value.body}
            onChange={(event) => change({ body: event.currentTarget.value })}
            onFocus={() => {
              last.current = 'body';
            }}
            autosize
            minRows={channel === 'email' ? 8 : 3}
            maxRows={24}
            maxLength={2000}
            required
            error={wrongBody}
          />
          <Stack gap={6} role="group" aria-label={say('messages.words.insert')}>
            <Text size="sm">{say('messages.words.insert')}</Text>
            <Group gap={6}>
              {placeholders[kind].map((name) => (
                <Button key={name} size="compact-sm" variant="default" fw={400} onClick={() => insert(name)}>
                  {say(`messages.placeholder.${name}`)}
                </Button>
              ))}
            </Group>
          </Stack>
        </Stack>
        <TemplatePreview saved={saved} subject={value.subject} body={value.body} />
      </SimpleGrid>
      <Stack mt="lg">
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          reason={draft.dirty && (wrongSubject || wrongBody) ? say('messages.words.wrong') : undefined}
          theirs={
            draft.theirs && (
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {[draft.theirs.subject, draft.theirs.body].filter((one) => one !== '').join('\n\n')}
              </Text>
            )
          }
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}

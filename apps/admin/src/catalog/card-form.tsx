import { Anchor, Badge, Group, Stack, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import type { Draft } from '../frame/use-draft.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { changedKeys, TheirChanges } from './their-changes.tsx';

/** The page of a card: where it belongs, its tabs (which one is in the address), Save at the bottom. */
export function CardForm<T extends object>({
  of,
  name,
  archived,
  backTo,
  draft,
  tabs,
  tab,
  onTab,
  labelOf,
  showOf,
  actions,
  notice,
  reason,
  saving,
  error,
  onSave,
  onReset,
}: {
  of: 'services' | 'staff';
  name: string;
  archived: boolean;
  /** What is shown in the list that it came from. */
  backTo: Readonly<Record<string, unknown>>;
  draft: Draft<T>;
  tabs: readonly { readonly id: string; readonly label: string; readonly panel: ReactNode }[];
  tab: string;
  onTab: (tab: string) => void;
  /** A field's name, for what has changed. */
  labelOf: (key: string) => string;
  /** A field's value, in words; undefined where that would be too long. */
  showOf: (key: string, value: unknown) => string | undefined;
  actions: ReactNode;
  notice: ReactNode;
  /** Why it cannot be saved. */
  reason: string | undefined;
  saving: boolean;
  error: unknown;
  onSave: () => void;
  onReset: () => void;
}) {
  const { say, locale } = useWords();
  const here = useLocationHere();
  useLeaveGuard(draft.dirty);
  const changed = new Intl.ListFormat(locale, { type: 'conjunction' }).format(changedKeys(draft.base, draft.value).map(labelOf));
  return (
    <Page
      title={name}
      about={
        <Group gap="xs" component="span">
          <Anchor component={Link} to={`/${here.slug}/settings/${of}`} search={backTo as never} size="sm">
            {say(of === 'services' ? 'frame.nav.services' : 'frame.nav.staff')}
          </Anchor>
          {archived && (
            <Badge color="gray" tt="none">
              {say('catalog.archived')}
            </Badge>
          )}
        </Group>
      }
      actions={actions}
    >
      {notice}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.dirty && !reason && !saving) onSave();
        }}
      >
        <Stack gap="lg">
          <Tabs value={tab} onChange={(next) => next && onTab(next)} keepMounted={false}>
            <Tabs.List mb="lg">
              {tabs.map(({ id, label }) => (
                <Tabs.Tab key={id} value={id}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tabs.map(({ id, panel }) => (
              <Tabs.Panel key={id} value={id}>
                {panel}
              </Tabs.Panel>
            ))}
          </Tabs>
          <SaveBar
            dirty={draft.dirty}
            saving={saving}
            error={error}
            changed={changed}
            {...(reason ? { reason } : {})}
            {...(draft.theirs ? { theirs: <TheirChanges draft={draft} labelOf={labelOf} showOf={showOf} /> } : {})}
            onReset={onReset}
            onKeepMine={draft.keepMine}
          />
        </Stack>
      </form>
    </Page>
  );
}

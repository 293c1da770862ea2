import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { ChannelForm } from './channel-form.tsx';
import { KindsTab } from './kinds-tab.tsx';
import { useMessageSettings } from './messages-query.ts';
import { type MessagesSearch, messageTabs } from './routes.tsx';
import { SentTab } from './sent-tab.tsx';
import { WordsTab } from './words-tab.tsx';

/** Settings → Messages: through what they go, which are sent, in what words; and what was sent. */
export function MessagesPage() {
  const { say } = useWords();
  const settings = useMessageSettings();
  const { tab = 'channels' } = useSearch({ strict: false }) as MessagesSearch;
  const navigate = useNavigate();
  // what is typed in one tab stays while another one is looked at
  const [seen, setSeen] = useState<readonly string[]>([tab]);
  if (!seen.includes(tab)) setSeen([...seen, tab]);
  const { data } = settings;
  return (
    <Page title={say('messages.title')} about={say('messages.about')}>
      <Tabs value={tab} onChange={(next) => void navigate({ to: '.', search: (before: MessagesSearch) => ({ ...before, tab: next }) })} keepMounted>
        <Tabs.List>
          {messageTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(`messages.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {settings.isPending && <PageLoading />}
        {settings.isError && !data && <TroubleNotice error={settings.error} onRetry={() => void settings.refetch()} />}
        {data && (
          <>
            <Tabs.Panel value="channels" pt="lg">
              {data.channels.map((one) => (
                <ChannelForm key={one.channel} saved={one} />
              ))}
            </Tabs.Panel>
            <Tabs.Panel value="kinds" pt="lg">
              <KindsTab settings={data} />
            </Tabs.Panel>
            <Tabs.Panel value="words" pt="lg">
              {seen.includes('words') && <WordsTab settings={data} />}
            </Tabs.Panel>
            <Tabs.Panel value="sent" pt="lg">
              {tab === 'sent' && <SentTab />}
            </Tabs.Panel>
          </>
        )}
      </Tabs>
    </Page>
  );
}

import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { useWords } from '../words.tsx';
import { EndpointsTab } from './endpoints-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { type ProgramsSearch, programTabs } from './routes.tsx';

/** Settings → API keys & webhooks: how programs ask, and where they are told. */
export function ProgramsPage() {
  const { say } = useWords();
  const { tab = 'keys' } = useSearch({ strict: false }) as ProgramsSearch;
  const navigate = useNavigate();
  return (
    <Page title={say('programs.title')} about={say('programs.about')}>
      <Tabs value={tab} onChange={(next) => void navigate({ to: '.', search: { tab: next } })} keepMounted={false}>
        <Tabs.List>
          {programTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(`programs.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="keys" pt="lg">
          <KeysTab />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks" pt="lg">
          <EndpointsTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

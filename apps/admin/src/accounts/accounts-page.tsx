import { Tabs, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../frame/page.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BalancesTab } from './balances-tab.tsx';
import type { AccountsSearch } from './routes.tsx';
import { TypesTab } from './types-tab.tsx';

/** Finance → Client accounts: whose money is here, and which types of accounts there are. */
export function AccountsPage() {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { tab = 'balances' } = useSearch({ strict: false }) as AccountsSearch;
  const [adding, setAdding] = useState(false);
  if (!may('checkout.see')) {
    return (
      <Page title={say('accounts.title')}>
        <Text c="dimmed">{say('accounts.no_right')}</Text>
      </Page>
    );
  }
  return (
    <Page
      title={say('accounts.title')}
      about={say('accounts.about')}
      wide
      actions={
        tab === 'types' && (
          <ReasonButton reason={may('finance.edit') ? undefined : say('frame.no_right')} onClick={() => setAdding(true)}>
            {say('accounts.types.add')}
          </ReasonButton>
        )
      }
    >
      <Tabs value={tab} onChange={(next) => void navigate({ to: '.', search: next === 'types' ? { tab: next } : {} })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="balances">{say('accounts.tab.balances')}</Tabs.Tab>
          <Tabs.Tab value="types">{say('accounts.tab.types')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="balances" pt="lg">
          <BalancesTab />
        </Tabs.Panel>
        <Tabs.Panel value="types" pt="lg">
          <TypesTab adding={adding} onAdded={() => setAdding(false)} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

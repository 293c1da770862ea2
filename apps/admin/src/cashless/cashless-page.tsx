import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { SimulatorTab } from '../simulator/simulator-tab.tsx';
import { useWords } from '../words.tsx';
import { useCashless } from './cashless-query.ts';
import { ConnectPanel } from './connect-panel.tsx';
import type { CashlessSearch } from './routes.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { StatusesTab } from './statuses-tab.tsx';

/** Three tabs side by side on a phone, in every language. */
const narrow = { base: 10, sm: 'md' };

/** Finance → Cashless payment. */
export function CashlessPage() {
  const { say } = useWords();
  const page = useCashless();
  const mayEdit = useMay()('online_payment.edit');
  const { tab = 'settings', connect, draft } = useSearch({ strict: false }) as CashlessSearch;
  const navigate = useNavigate();
  const go = (search: CashlessSearch) => void navigate({ to: '.', search });
  // what is typed in one tab stays while another one is looked at
  const [sawStatuses, setSawStatuses] = useState(tab === 'statuses');
  if (tab === 'statuses' && !sawStatuses) setSawStatuses(true);
  const { data } = page;
  const [only] = data?.providers.length === 1 ? data.providers : [];
  const begin = () => go({ connect: only?.name ?? 'choose', ...(data ? { draft: data.newConnectionId } : {}) });
  const connecting = connect !== undefined && mayEdit;
  return (
    <Page
      title={say('cashless.title')}
      about={say('cashless.about')}
      wide={tab !== 'settings'}
      actions={
        data &&
        !connecting && (
          <ReasonButton reason={mayEdit ? undefined : say('frame.no_right')} onClick={begin}>
            {say('cashless.connect')}
          </ReasonButton>
        )
      }
    >
      <Tabs value={tab} onChange={(next) => go({ tab: next === 'statuses' || next === 'simulator' ? next : 'settings' })} keepMounted>
        <Tabs.List>
          <Tabs.Tab value="settings" px={narrow}>
            {say('cashless.tab.settings')}
          </Tabs.Tab>
          <Tabs.Tab value="statuses" px={narrow}>
            {say('cashless.tab.statuses')}
          </Tabs.Tab>
          <Tabs.Tab value="simulator" px={narrow}>
            {say('simulator.tab')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" pt="lg">
          {page.isPending && <PageLoading />}
          {page.isError && !data && <TroubleNotice error={page.error} onRetry={() => void page.refetch()} />}
          {data && connecting && <ConnectPanel page={data} provider={connect} draft={draft ?? data.newConnectionId} onGo={go} />}
          {data && !connecting && <SettingsTab page={data} onConnect={begin} />}
        </Tabs.Panel>
        <Tabs.Panel value="statuses" pt="lg">
          {sawStatuses && <StatusesTab />}
        </Tabs.Panel>
        <Tabs.Panel value="simulator" pt="lg">
          {tab === 'simulator' && <SimulatorTab />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

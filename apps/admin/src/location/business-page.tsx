import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { BusinessForm } from './business-form.tsx';
import { CompanyForm } from './company-form.tsx';
import { useSettings } from './settings-query.ts';

/** Settings → My location → Business information. */
export function BusinessPage() {
  const { say } = useWords();
  const settings = useSettings();
  const { tab = 'business' } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const choose = (next: string | null) => void navigate({ to: '.', search: next === 'company-details' ? { tab: next } : {}, replace: true });
  return (
    <Page title={say('location.business')} about={say('location.business.about')}>
      <Tabs value={tab} onChange={choose} keepMounted>
        <Tabs.List>
          <Tabs.Tab value="business">{say('location.business.tab')}</Tabs.Tab>
          <Tabs.Tab value="company-details">{say('location.company.tab')}</Tabs.Tab>
        </Tabs.List>
        {settings.isPending && <PageLoading />}
        {settings.isError && !settings.data && <TroubleNotice error={settings.error} onRetry={() => void settings.refetch()} />}
        {settings.data && (
          <>
            <Tabs.Panel value="business" pt="lg">
              <BusinessForm settings={settings.data} />
            </Tabs.Panel>
            <Tabs.Panel value="company-details" pt="lg">
              <CompanyForm settings={settings.data} />
            </Tabs.Panel>
          </>
        )}
      </Tabs>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { accountQuery } from './account-query.ts';
import { PasswordPart } from './password-part.tsx';
import { SecondFactorPart } from './second-factor-part.tsx';
import { SessionsPart } from './sessions-part.tsx';
import { YouPart } from './you-part.tsx';

export function AccountPage() {
  const { say } = useWords();
  const account = useQuery(accountQuery);
  return (
    <Page title={say('access.account')} {...(account.data ? { about: account.data.email } : {})}>
      {account.isPending && <PageLoading />}
      {account.isError && !account.data && <TroubleNotice error={account.error} onRetry={() => void account.refetch()} />}
      {account.data && (
        <>
          <YouPart account={account.data} />
          <PasswordPart account={account.data} />
          <SecondFactorPart account={account.data} />
          <SessionsPart />
        </>
      )}
    </Page>
  );
}

import { Anchor } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { LinkForm } from './link-form.tsx';
import { useLinks } from './links-query.ts';

/** One booking link: all that it is set to, beside the page that it makes. */
export function LinkPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { link: slug } = useParams({ strict: false });
  const links = useLinks();
  const link = links.data?.links.find((one) => one.slug === slug);
  const back = (
    <Anchor component={Link} to={`/${here.slug}/settings/booking-links`} size="sm">
      {say('links.back')}
    </Anchor>
  );
  return (
    <Page title={link?.name ?? say('links.title')} actions={back} wide>
      {links.isPending && <PageLoading />}
      {links.isError && !links.data && <TroubleNotice error={links.error} onRetry={() => void links.refetch()} />}
      {links.data && !link && <Empty title={say('links.gone')} action={back} />}
      {links.data && link && <LinkForm key={link.id} link={link} all={links.data} />}
    </Page>
  );
}

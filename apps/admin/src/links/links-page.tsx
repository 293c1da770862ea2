import type { BookingLink } from '@holdfast/contract/booking-links';
import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useLinkDeed, useLinks } from './links-query.ts';
import { NewLinkDialog } from './new-link-dialog.tsx';
import { ShareLink } from './share-link.tsx';

/** Settings → My location → Booking links: the ways to the booking page, and how many came by each. */
export function LinksPage() {
  const { say } = useWords();
  const links = useLinks();
  const [adding, setAdding] = useState(false);
  return (
    <Page title={say('links.title')} about={say('links.about')} actions={<Button onClick={() => setAdding(true)}>{say('links.add')}</Button>}>
      {links.isPending && <PageLoading />}
      {links.isError && !links.data && <TroubleNotice error={links.error} onRetry={() => void links.refetch()} />}
      {links.data?.links.map((link) => (
        <LinkCard key={link.id} link={link} />
      ))}
      {links.data && adding && <NewLinkDialog links={links.data.links} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function LinkCard({ link }: { link: BookingLink }) {
  const { say } = useWords();
  const here = useLocationHere();
  const deed = useLinkDeed<'default' | 'archival'>(
    'POST',
    (what) => [link.id, what],
    () => ({ version: link.version }),
  );
  const archive = async () => {
    const sure = await confirmed({
      title: say('links.archive.ask', { name: link.name }),
      more: say('links.archive.more'),
      yes: say('links.archive'),
      danger: true,
    });
    if (sure) deed.mutate('archival', { onSuccess: () => toast(say('links.archived', { name: link.name })) });
  };
  return (
    <Card withBorder component="article" padding="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={2} size="h4">
              {link.name}
            </Title>
            {link.isDefault && (
              <Badge variant="light" tt="none">
                {say('links.default')}
              </Badge>
            )}
          </Group>
          <Button
            component={Link}
            to={`/${here.slug}/settings/booking-links/${link.slug}`}
            variant="default"
            aria-label={`${say('links.open')}: ${link.name}`}
          >
            {say('links.open')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {say('links.bookings', { count: link.bookings })}
          {link.measurementId && ` · ${link.measurementId}`}
        </Text>
        <ShareLink address={link.address} name={link.name} />
        <Group gap="sm">
          <ReasonButton
            size="xs"
            variant="default"
            reason={link.isDefault ? say('links.default.about') : undefined}
            loading={deed.isPending}
            onClick={() => deed.mutate('default')}
          >
            {say('links.make_default')}
          </ReasonButton>
          <ReasonButton size="xs" variant="default" reason={link.isDefault ? say('links.archive.default') : undefined} onClick={() => void archive()}>
            {say('links.archive')}
          </ReasonButton>
        </Group>
        {deed.isError && <TroubleNotice error={deed.error} />}
      </Stack>
    </Card>
  );
}

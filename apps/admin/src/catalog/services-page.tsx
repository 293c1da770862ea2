import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Box, Group, NavLink, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { catalogQuery } from './catalog-queries.ts';
import { CategoryHead } from './category-head.tsx';
import { NameDialog } from './name-dialog.tsx';
import { NewServiceDialog } from './new-service-dialog.tsx';
import { ServiceList } from './service-list.tsx';

/** Settings → Main settings → Services: select the category, then click the name of the service. */
export function ServicesPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(catalogQuery(here.id));
  if (data) return <Services lists={data} />;
  if (!error) return <PageLoading />;
  return (
    <Page title={say('frame.nav.services')}>
      <TroubleNotice error={error} onRetry={() => void refetch()} />
    </Page>
  );
}

const ARCHIVED = 'archived';

function Services({ lists }: { lists: SalonCatalog }) {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { category: asked } = useSearch({ strict: false }) as { category?: string };
  const [open, setOpen] = useState<'service' | 'category'>();
  const reason = may('catalog.edit') ? undefined : say('frame.no_right');
  const live = lists.categories.filter(({ archived }) => !archived);
  const chosen = asked === ARCHIVED ? undefined : (lists.categories.find(({ id }) => id === asked) ?? live[0]);
  const services = lists.services.filter((one) => (chosen ? one.categoryId === chosen.id && !one.archived : one.archived));
  const count = (id: string) => lists.services.filter(({ categoryId, archived }) => categoryId === id && !archived).length;
  const archivedCount = lists.services.filter(({ archived }) => archived).length;
  const places = [
    ...lists.categories.filter(({ id, archived }) => !archived || id === chosen?.id).map(({ id, name }) => ({ id, label: name, count: count(id) })),
    ...(archivedCount + lists.categories.filter(({ archived }) => archived).length > 0 || asked === ARCHIVED
      ? [{ id: ARCHIVED, label: say('catalog.archive.shelf'), count: archivedCount }]
      : []),
  ];
  const here = chosen?.id ?? ARCHIVED;
  return (
    <Page
      wide
      title={say('frame.nav.services')}
      about={say('catalog.services.about')}
      actions={
        <>
          <ReasonButton variant="default" reason={reason} onClick={() => setOpen('category')}>
            {say('catalog.new_category')}
          </ReasonButton>
          <ReasonButton
            leftSection={<IconPlus size={18} aria-hidden />}
            reason={reason ?? (live.length === 0 ? say('catalog.category_first') : undefined)}
            onClick={() => setOpen('service')}
          >
            {say('catalog.new_service')}
          </ReasonButton>
        </>
      }
    >
      <Group align="flex-start" gap="xl" wrap="nowrap">
        <Box component="nav" aria-label={say('catalog.categories')} w={240} visibleFrom="sm" style={{ flexShrink: 0 }}>
          {places.map(({ id, label, count: services }) => (
            <NavLink
              key={id}
              component={Link}
              to="."
              search={{ category: id } as never}
              label={label}
              rightSection={services}
              active={id === here}
              aria-current={id === here ? 'page' : undefined}
              style={{ borderRadius: 8 }}
            />
          ))}
        </Box>
        <Box style={{ flex: 1, minWidth: 0 }} maw={860}>
          <Select
            hiddenFrom="sm"
            mb="md"
            label={say('catalog.category')}
            allowDeselect={false}
            data={places.map(({ id, label, count: services }) => ({ value: id, label: `${label} (${services})` }))}
            value={here}
            onChange={(category) => category && void navigate({ to: '.', search: { category } })}
          />
          {chosen && <CategoryHead key={chosen.id} category={chosen} categories={lists.categories} services={lists.services} reason={reason} />}
          <ServiceList
            lists={lists}
            services={services}
            orderable={chosen !== undefined}
            reason={reason}
            shelf={chosen === undefined}
            onNew={live.length > 0 ? () => setOpen('service') : undefined}
          />
        </Box>
      </Group>
      {open === 'service' && <NewServiceDialog lists={lists} categoryId={chosen?.id ?? live[0]?.id ?? ''} onClose={() => setOpen(undefined)} />}
      {open === 'category' && (
        <NameDialog
          title={say('catalog.new_category')}
          label={say('catalog.category_name')}
          request={(name) => ({ method: 'POST', path: ['categories'], body: { name } })}
          onDone={(id) => {
            setOpen(undefined);
            if (id) void navigate({ to: '.', search: { category: id } });
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

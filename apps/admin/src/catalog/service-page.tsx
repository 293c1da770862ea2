import type { SalonCatalog, ServiceCard } from '@holdfast/contract/catalog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { CardActions } from './card-actions.tsx';
import { pairOf, type ServiceDraft, serviceChange, serviceDraft, serviceTroubles } from './card-drafts.ts';
import { CardForm } from './card-form.tsx';
import { CardWarnings } from './card-warnings.tsx';
import { catalogQuery, serviceQuery } from './catalog-queries.ts';
import type { ServiceTab } from './routes.tsx';
import { ServiceBasics } from './service-basics.tsx';
import { ServiceOnlineBooking } from './service-online-booking.tsx';
import { ServiceTeam } from './service-team.tsx';
import { useSaveCard } from './use-save-card.ts';
import { useShowField } from './use-show-field.ts';
import { useWrongFields } from './use-wrong-fields.ts';

/** The card of each particular service. */
export function ServicePage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { service = '' } = useParams({ strict: false }) as { service?: string };
  const lists = useQuery(catalogQuery(here.id));
  const card = useQuery(serviceQuery(here.id, service));
  if (card.data && lists.data) return <ServiceForm key={card.data.id} card={card.data} lists={lists.data} />;
  const error = card.error ?? lists.error;
  if (!error) return <PageLoading />;
  return (
    <Page title={say('frame.nav.services')}>
      <TroubleNotice error={error} onRetry={() => void Promise.all([card.refetch(), lists.refetch()])} />
    </Page>
  );
}

function ServiceForm({ card, lists }: { card: ServiceCard; lists: SalonCatalog }) {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { tab } = useSearch({ strict: false }) as { tab: ServiceTab };
  const saved = useMemo(() => serviceDraft(card), [card]);
  const draft = useDraft<ServiceDraft>(saved);
  const [round, setRound] = useState(0);
  const wrong = useWrongFields();
  const save = useSaveCard<ServiceCard>('services', card.id, (answer) => draft.saved(serviceDraft(answer)));
  const troubles = serviceTroubles(draft.value);
  const noRight = may('catalog.edit') ? undefined : say('frame.no_right');
  const { value, change } = draft;
  const names = new Map(card.team.map((member) => [pairOf(member.staffId), member.name]));
  const show = useShowField(names, lists);
  const trouble = Object.values(troubles)[0];
  const onSave = () => {
    const body = serviceChange(card, draft);
    if (may('catalog.edit')) save.mutate({ body });
    else save.mutate({ path: ['online-payment'], body: { version: draft.base.version, onlinePayment: value.onlinePayment } });
  };
  const tabs = [
    {
      id: 'basic',
      label: say('catalog.tab.basic'),
      panel: (
        <ServiceBasics
          key={round}
          value={value}
          change={change}
          lists={lists}
          troubles={troubles}
          reason={noRight}
          booked={card.everBooked}
          onWrong={wrong.set}
        />
      ),
    },
    {
      id: 'team',
      label: say('catalog.tab.team'),
      panel: <ServiceTeam key={round} card={card} value={value} change={change} currency={lists.currency} reason={noRight} onWrong={wrong.set} />,
    },
    {
      id: 'online-booking',
      label: say('catalog.tab.online_booking'),
      panel: <ServiceOnlineBooking card={card} value={value} change={change} reason={noRight} />,
    },
  ];
  return (
    <CardForm
      of="services"
      name={card.fields.name}
      archived={card.archived}
      backTo={{ category: card.archived ? 'archived' : card.fields.categoryId }}
      draft={draft}
      tabs={tabs}
      tab={tab}
      onTab={(next) => void navigate({ to: '.', search: { tab: next }, replace: true })}
      labelOf={show.labelOf}
      showOf={show.showOf}
      actions={<CardActions of="services" card={card} dirty={draft.dirty} />}
      notice={<CardWarnings of="service" warnings={card.warnings} />}
      reason={trouble || wrong.any ? say('catalog.correct_first') : undefined}
      saving={save.isPending}
      error={save.error}
      onSave={onSave}
      onReset={() => {
        draft.reset();
        wrong.clear();
        save.reset();
        setRound(round + 1);
      }}
    />
  );
}

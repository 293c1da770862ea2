import type { SalonCatalog, StaffCard } from '@holdfast/contract/catalog';
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
import { pairOf, type StaffDraft, staffChange, staffDraft, staffTroubles } from './card-drafts.ts';
import { CardForm } from './card-form.tsx';
import { CardWarnings } from './card-warnings.tsx';
import { catalogQuery, staffQuery } from './catalog-queries.ts';
import type { StaffTab } from './routes.tsx';
import { StaffProfile } from './staff-profile.tsx';
import { StaffServices } from './staff-services.tsx';
import { StaffSettings } from './staff-settings.tsx';
import { useSaveCard } from './use-save-card.ts';
import { useShowField } from './use-show-field.ts';
import { useWrongFields } from './use-wrong-fields.ts';

/** The card of each team member; Other settings opens its Settings tab. */
export function TeamMemberPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { staff = '' } = useParams({ strict: false }) as { staff?: string };
  const lists = useQuery(catalogQuery(here.id));
  const card = useQuery(staffQuery(here.id, staff));
  if (card.data && lists.data) return <StaffForm key={card.data.id} card={card.data} lists={lists.data} />;
  const error = card.error ?? lists.error;
  if (!error) return <PageLoading />;
  return (
    <Page title={say('frame.nav.staff')}>
      <TroubleNotice error={error} onRetry={() => void Promise.all([card.refetch(), lists.refetch()])} />
    </Page>
  );
}

function StaffForm({ card, lists }: { card: StaffCard; lists: SalonCatalog }) {
  const { say } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const { tab } = useSearch({ strict: false }) as { tab: StaffTab };
  const saved = useMemo(() => staffDraft(card), [card]);
  const draft = useDraft<StaffDraft>(saved);
  const [round, setRound] = useState(0);
  const wrong = useWrongFields();
  const save = useSaveCard<StaffCard>('staff', card.id, (answer) => draft.saved(staffDraft(answer)));
  const troubles = staffTroubles(draft.value);
  const trouble = Object.values(troubles)[0];
  const noRight = may('catalog.edit') ? undefined : say('frame.no_right');
  const { value, change } = draft;
  const show = useShowField(new Map(card.services.map(({ serviceId, name }) => [pairOf(serviceId), name])), lists);
  const onSave = () => {
    if (may('catalog.edit')) save.mutate({ body: staffChange(card, draft) });
    else save.mutate({ path: ['online-payment'], body: { version: draft.base.version, onlinePayment: value.onlinePayment } });
  };
  const tabs = [
    {
      id: 'profile',
      label: say('catalog.tab.profile'),
      panel: <StaffProfile value={value} change={change} lists={lists} troubles={troubles} reason={noRight} />,
    },
    {
      id: 'services',
      label: say('catalog.tab.services'),
      panel: <StaffServices key={round} card={card} lists={lists} value={value} change={change} reason={noRight} onWrong={wrong.set} />,
    },
    {
      id: 'settings',
      label: say('catalog.tab.settings'),
      panel: <StaffSettings card={card} value={value} change={change} reason={noRight} />,
    },
  ];
  return (
    <CardForm
      of="staff"
      name={card.fields.name}
      archived={card.archived}
      backTo={card.archived ? { archived: true } : {}}
      draft={draft}
      tabs={tabs}
      tab={tab}
      onTab={(next) => void navigate({ to: '.', search: { tab: next }, replace: true })}
      labelOf={show.labelOf}
      showOf={show.showOf}
      actions={<CardActions of="staff" card={card} dirty={draft.dirty} />}
      notice={<CardWarnings of="staff" warnings={card.warnings} />}
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

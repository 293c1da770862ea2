import type { OrderChange, SalonCatalog } from '@holdfast/contract/catalog';
import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from '../frame/toast.tsx';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { catalogQuery, useCatalogChange } from './catalog-queries.ts';

/** Puts the lines that are shown in another order, at once on the screen and then at the server. */
export function useMoveLine(of: OrderChange['of'], ids: readonly string[]): (id: string, by: -1 | 1) => void {
  const { id: location } = useLocationHere();
  const queries = useQueryClient();
  const { say } = useWords();
  const order = useCatalogChange((wish: OrderChange) => ({ method: 'PUT', path: ['order'], body: wish }));
  return (id, by) => {
    const next = [...ids];
    const from = next.indexOf(id);
    next.splice(from, 1);
    next.splice(from + by, 0, id);
    const rank = new Map(next.map((one, place) => [one, place]));
    queries.setQueryData<SalonCatalog>(catalogQuery(location).queryKey, (lists) =>
      lists ? { ...lists, [of]: [...lists[of]].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0)) } : lists,
    );
    order.mutate({ of, ids: next }, { onError: (error) => toast(say(troubleKey(error)), 'bad') });
    // the line has moved in the page, and took its button with it
    requestAnimationFrame(() => document.getElementById(`move-${id}-${by}`)?.focus());
  };
}

/** The two buttons by which a line is moved: the same for mouse, finger and keyboard. */
export function MoveLine({
  id,
  name,
  first,
  last,
  reason,
  onMove,
}: {
  id: string;
  name: string;
  first: boolean;
  last: boolean;
  reason: string | undefined;
  onMove: (id: string, by: -1 | 1) => void;
}) {
  const { say } = useWords();
  const button = (by: -1 | 1, stopped: boolean) => {
    const label = say(by === -1 ? 'catalog.move_up' : 'catalog.move_down', { name });
    const off = stopped || reason !== undefined;
    return (
      <Tooltip label={reason ?? label} openDelay={400}>
        <ActionIcon
          id={`move-${id}-${by}`}
          variant="subtle"
          color="gray"
          aria-label={label}
          aria-disabled={off}
          {...(off ? { opacity: 0.35 } : {})}
          style={off ? { cursor: 'default' } : undefined}
          onClick={() => !off && onMove(id, by)}
        >
          {by === -1 ? <IconChevronUp size={18} aria-hidden /> : <IconChevronDown size={18} aria-hidden />}
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Group gap={0} wrap="nowrap">
      {button(-1, first)}
      {button(1, last)}
    </Group>
  );
}

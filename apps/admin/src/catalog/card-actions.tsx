import { Button, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask, at, codeOf } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { toast } from '../frame/toast.tsx';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

interface AnyCard {
  readonly id: string;
  readonly version: number;
  readonly archived: boolean;
  readonly appointmentsAhead: number;
  readonly everBooked: boolean;
  readonly fields: { readonly name: string };
}

/** What can be done with a whole card: put it away, bring it back, delete what was never used. Each says beforehand what it means. */
export function CardActions({ of, card, dirty }: { of: 'services' | 'staff'; card: AnyCard; dirty: boolean }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { name } = card.fields;
  const failed = (error: unknown) => {
    toast(say(troubleKey(error, { still_used: 'catalog.still_used' })), 'bad');
    if (codeOf(error) === 'changed_meanwhile') void queries.invalidateQueries({ queryKey: ['catalog', here.id] });
  };
  const archive = useMutation({
    mutationFn: (archived: boolean) => ask<AnyCard>('PUT', at(here.id, 'catalog', of, card.id, 'archived'), { version: card.version, archived }),
    onSuccess: (saved) => {
      queries.setQueryData(['catalog', here.id, of, card.id], saved);
      toast(say(saved.archived ? 'catalog.archived.done' : 'catalog.restored.done', { name }));
      return queries.invalidateQueries({ queryKey: ['catalog', here.id] });
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', at(here.id, 'catalog', of, card.id)),
    onSuccess: async () => {
      toast(say('catalog.deleted.done', { name }));
      await navigate({ to: `/${here.slug}/settings/${of}` });
      queries.removeQueries({ queryKey: ['catalog', here.id, of, card.id] });
      await queries.invalidateQueries({ queryKey: ['catalog', here.id] });
    },
    onError: failed,
  });
  const askArchive = async () => {
    const more = say(card.appointmentsAhead > 0 ? `catalog.archive.${of}.ahead` : `catalog.archive.${of}.more`, { count: card.appointmentsAhead });
    if (await confirmed({ title: say('catalog.archive.sure', { name }), more, yes: say('catalog.archive') })) archive.mutate(true);
  };
  const askDelete = async () => {
    if (await confirmed({ title: say('catalog.delete.sure', { name }), more: say('catalog.delete.more'), yes: say('frame.delete'), danger: true }))
      remove.mutate();
  };
  const stopped = may('catalog.edit') ? (dirty ? say('catalog.save_first') : undefined) : say('frame.no_right');
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots size={18} aria-hidden />} loading={archive.isPending || remove.isPending}>
          {say('catalog.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {stopped && <Menu.Label>{stopped}</Menu.Label>}
        {card.archived ? (
          <Menu.Item disabled={Boolean(stopped)} leftSection={<IconArchiveOff size={18} aria-hidden />} onClick={() => archive.mutate(false)}>
            {say('catalog.restore')}
          </Menu.Item>
        ) : (
          <Menu.Item disabled={Boolean(stopped)} leftSection={<IconArchive size={18} aria-hidden />} onClick={() => void askArchive()}>
            {say('catalog.archive')}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          disabled={Boolean(stopped) || card.everBooked}
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => void askDelete()}
        >
          {say('frame.delete')}
        </Menu.Item>
        {card.everBooked && <Menu.Label>{say('catalog.still_used')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

import type { SalonCatalog } from '@holdfast/contract/catalog';
import { ActionIcon, Badge, Group, Menu, Title } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { confirmed } from '../frame/confirm.tsx';
import { toast } from '../frame/toast.tsx';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useCatalogChange } from './catalog-queries.ts';
import { MoveLine, useMoveLine } from './move-line.tsx';
import { NameDialog } from './name-dialog.tsx';

type Category = SalonCatalog['categories'][number];

/** The chosen category: its name, its place among the others, and what can be done with it. */
export function CategoryHead({
  category,
  categories,
  services,
  reason,
}: {
  category: Category;
  categories: SalonCatalog['categories'];
  services: SalonCatalog['services'];
  reason: string | undefined;
}) {
  const { say } = useWords();
  const [naming, setNaming] = useState(false);
  const { id, version, name, archived } = category;
  const live = categories.filter((one) => !one.archived).map((one) => one.id);
  const move = useMoveLine('categories', live);
  const all = services.filter(({ categoryId }) => categoryId === id);
  const sold = all.filter((one) => !one.archived).length;
  const words = { onError: (error: unknown) => toast(say(troubleKey(error, { still_used: 'catalog.category_used' })), 'bad') };
  const archive = useCatalogChange((wish: boolean) => ({ method: 'PUT', path: ['categories', id, 'archived'], body: { version, archived: wish } }));
  const remove = useCatalogChange((which: string) => ({ method: 'DELETE', path: ['categories', which] }));
  const askDelete = async () => {
    if (await confirmed({ title: say('catalog.delete.sure', { name }), yes: say('frame.delete'), danger: true })) remove.mutate(id, words);
  };
  return (
    <Group justify="space-between" mb="xs" gap="sm" wrap="nowrap">
      <Group gap="xs" miw={0}>
        <Title order={2} size="h4">
          {name}
        </Title>
        {archived && (
          <Badge color="gray" tt="none">
            {say('catalog.archived')}
          </Badge>
        )}
      </Group>
      <Group gap={4} wrap="nowrap">
        {!archived && live.length > 1 && (
          <MoveLine id={id} name={name} first={live[0] === id} last={live.at(-1) === id} reason={reason} onMove={move} />
        )}
        <Menu position="bottom-end" width={260}>
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={say('catalog.more_about', { name })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {reason && <Menu.Label>{reason}</Menu.Label>}
            <Menu.Item disabled={Boolean(reason)} leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setNaming(true)}>
              {say('catalog.rename')}
            </Menu.Item>
            {archived ? (
              <Menu.Item
                disabled={Boolean(reason)}
                leftSection={<IconArchiveOff size={18} aria-hidden />}
                onClick={() => archive.mutate(false, words)}
              >
                {say('catalog.restore')}
              </Menu.Item>
            ) : (
              <Menu.Item
                disabled={Boolean(reason) || sold > 0}
                leftSection={<IconArchive size={18} aria-hidden />}
                onClick={() => archive.mutate(true, words)}
              >
                {say('catalog.archive')}
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              disabled={Boolean(reason) || all.length > 0}
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => void askDelete()}
            >
              {say('frame.delete')}
            </Menu.Item>
            {all.length > 0 && <Menu.Label>{say('catalog.category_used')}</Menu.Label>}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {naming && (
        <NameDialog
          title={say('catalog.rename')}
          label={say('catalog.category_name')}
          name={name}
          request={(typed) => ({ method: 'PUT', path: ['categories', id], body: { version, name: typed } })}
          onDone={() => setNaming(false)}
          onClose={() => setNaming(false)}
        />
      )}
    </Group>
  );
}

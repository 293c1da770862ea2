import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useWords } from '../words.tsx';

export interface Sorting {
  /** The order as it is on the screen. */
  readonly ids: readonly string[];
  /** What was said of the last move, for a screen reader. */
  readonly said: string;
  readonly dragged: string | undefined;
  handle(id: string, name: string): { onPointerDown(event: PointerEvent): void; onKeyDown(event: KeyboardEvent): void };
}

/** Lines that are put in order by dragging, with mouse or finger, and by arrow keys. A line is found by its element's id `sort-<id>`. */
export function useSorting(known: readonly string[], send: (ids: readonly string[]) => void): Sorting {
  const { say } = useWords();
  const [moved, setMoved] = useState<readonly string[]>();
  const [dragged, setDragged] = useState<string>();
  const [said, setSaid] = useState('');
  const latest = useRef<readonly string[]>(known);
  // what was added or taken away meanwhile is where the server says
  const same = moved && moved.length === known.length && moved.every((id) => known.includes(id));
  const ids = dragged !== undefined && same ? moved : known;
  const put = (id: string, place: number): readonly string[] => {
    const next = latest.current.filter((one) => one !== id);
    next.splice(place, 0, id);
    latest.current = next;
    return next;
  };
  return {
    ids,
    said,
    dragged,
    handle: (id, name) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        (event.currentTarget as HTMLElement).focus();
        latest.current = known;
        setMoved(known);
        setDragged(id);
        const follow = (now: globalThis.PointerEvent) => {
          const place = latest.current.findIndex((one) => {
            const box = document.getElementById(`sort-${one}`)?.getBoundingClientRect();
            return box !== undefined && now.clientY < box.bottom;
          });
          setMoved(put(id, place < 0 ? latest.current.length - 1 : place));
        };
        const end = () => {
          window.removeEventListener('pointermove', follow);
          window.removeEventListener('pointerup', end);
          window.removeEventListener('pointercancel', end);
          setDragged(undefined);
          if (latest.current.some((one, place) => one !== known[place])) send(latest.current);
        };
        window.addEventListener('pointermove', follow);
        window.addEventListener('pointerup', end);
        window.addEventListener('pointercancel', end);
      },
      onKeyDown: (event) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (by === 0) return;
        event.preventDefault();
        const place = known.indexOf(id) + by;
        if (place < 0 || place >= known.length) return;
        latest.current = known;
        send(put(id, place));
        setSaid(say('transactions.registers.moved', { name, place: place + 1, count: known.length }));
        // the line has moved in the page, and took its handle with it
        requestAnimationFrame(() => document.getElementById(`handle-${id}`)?.focus());
      },
    }),
  };
}

/** What a line is taken by. */
export function SortHandle({ id, name, sorting, reason }: { id: string; name: string; sorting: Sorting; reason: string | undefined }) {
  const { say } = useWords();
  const label = say('transactions.registers.move', { name });
  return (
    <Tooltip label={reason ?? label} openDelay={400}>
      <ActionIcon
        id={`handle-${id}`}
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-disabled={reason !== undefined}
        {...(reason === undefined ? sorting.handle(id, name) : { opacity: 0.35 })}
        style={{ cursor: reason ? 'default' : sorting.dragged === id ? 'grabbing' : 'grab', touchAction: 'none' }}
      >
        <IconGripVertical size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

export function SortingSaid({ sorting }: { sorting: Sorting }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {sorting.said}
    </VisuallyHidden>
  );
}

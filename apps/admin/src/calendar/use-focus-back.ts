import { type RefObject, useEffect, useRef } from 'react';

/** When a window over the board is closed, whoever uses the keyboard stands where they stood: on that appointment, else on the board's own place. */
export function useFocusBack(board: RefObject<HTMLElement | null>, opened: string | undefined) {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    const closed = opened === undefined ? before.current : undefined;
    before.current = opened;
    if (closed === undefined) return undefined;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const block = board.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(closed)}"]`);
      const place = block ?? board.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
      place?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [board, opened]);
}

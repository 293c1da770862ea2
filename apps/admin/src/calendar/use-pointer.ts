import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from 'react';

/** What the board does with the pointer. `begin` takes hold and answers how to give up, or nothing where there is nothing to take hold of. */
interface Hands {
  begin(event: PointerEvent): (() => void) | undefined;
}

const FAR_ENOUGH = 4;
const LONG_PRESS_MS = 380;

/**
 * A mouse drags after a few pixels; a finger only after a long press, so that the board can be scrolled. Answers what the board listens with, and
 * whether a click just now was the end of a drag.
 */
export function usePointer(scroll: RefObject<HTMLElement | null>, hands: RefObject<Hands>) {
  const playing = useRef<{ stop: () => void } | undefined>(undefined);
  const justDragged = useRef(false);

  useEffect(() => {
    const board = scroll.current;
    // a finger that drags must not scroll; browsers only ask listeners that were there before the finger was
    const hold = (event: TouchEvent) => playing.current && event.preventDefault();
    board?.addEventListener('touchmove', hold, { passive: false });
    return () => {
      board?.removeEventListener('touchmove', hold);
      playing.current?.stop();
    };
  }, [scroll]);

  const onPointerDown = ({ nativeEvent: down, isPrimary, button }: ReactPointerEvent) => {
    if (!isPrimary || button !== 0 || playing.current) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    const start = () => {
      waiting.abort();
      const stop = hands.current.begin(down);
      if (!stop) return;
      justDragged.current = true;
      playing.current = { stop };
    };
    const finger = down.pointerType === 'touch';
    const onMove = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= (finger ? 2 * FAR_ENOUGH : FAR_ENOUGH);
      if (!far) return;
      if (finger) waiting.abort();
      else start();
    };
    window.addEventListener('pointermove', onMove, { signal });
    for (const end of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(end, () => waiting.abort(), { signal });
    if (!finger) return;
    const timer = setTimeout(() => {
      navigator.vibrate?.(15);
      start();
    }, LONG_PRESS_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
  };
  return {
    onPointerDown,
    /** To be called at the end of every drag. */
    ended: () => {
      playing.current = undefined;
      // the click that follows letting go is none
      setTimeout(() => {
        justDragged.current = false;
      });
    },
    wasDrag: () => justDragged.current,
    isDragging: () => playing.current !== undefined,
  };
}

import type { Column } from './board-columns.ts';
import type { DayAxis } from './day-axis.ts';
import { type Grip, sameTarget, standsAt, type Target, targetOf } from './drag-target.ts';

/** What a drag is played on: the scrolling board, what scrolls in it, and the one picture that moves. */
export interface Stage {
  readonly scroll: HTMLElement;
  readonly content: HTMLElement;
  readonly ghost: HTMLElement;
}

export interface Play {
  readonly stage: Stage;
  readonly columns: readonly Column[];
  readonly axis: DayAxis;
  readonly stepMinutes: number;
  /** Pixels of a minute. */
  readonly minute: number;
  /** What the picture says there; `refused` draws it as a place where it cannot stand, `warned` as one to be asked about. */
  tell(target: Target): { readonly title: string; readonly more: string; readonly look: 'fine' | 'warned' | 'refused' };
  /** Not called when the drag was given up. */
  drop(target: Target): void;
  end(): void;
}

const EDGE = 48;
const FASTEST = 18;

/**
 * From taking hold to letting go. React draws nothing meanwhile: one element is moved by its transform, once a frame, and its words are changed only
 * when the target does. Answers how to give up.
 */
export function drag(
  play: Play,
  grip: Grip,
  pointer: { readonly pointerId: number; readonly clientX: number; readonly clientY: number },
): () => void {
  const { stage, columns, axis, stepMinutes, minute } = play;
  const { scroll, content, ghost } = stage;
  const boxes = [...content.querySelectorAll<HTMLElement>('[data-column]')].map(({ offsetLeft, offsetWidth }) => ({ offsetLeft, offsetWidth }));
  const head = content.querySelector<HTMLElement>('.cal-head')?.offsetHeight ?? 0;
  const view = scroll.getBoundingClientRect();
  let { clientX, clientY } = pointer;
  let target: Target | undefined;
  let frameId = 0;

  const aim = (): Target | undefined => {
    const x = clientX - view.left + scroll.scrollLeft;
    const y = clientY - view.top + scroll.scrollTop - head;
    const found = boxes.findIndex(({ offsetLeft, offsetWidth }) => x < offsetLeft + offsetWidth);
    const under = columns[found === -1 ? columns.length - 1 : found];
    return under && targetOf(grip, under, y / minute, axis, stepMinutes);
  };
  const draw = () => {
    const next = aim();
    if (!next || (target && next.column === target.column && sameTarget(next, target))) return;
    target = next;
    const box = boxes[columns.indexOf(next.column)];
    const { from, to } = standsAt(axis, next.column.day, next);
    const { title, more, look } = play.tell(next);
    ghost.style.transform = `translate3d(${box?.offsetLeft ?? 0}px, ${head + from * minute}px, 0)`;
    ghost.style.width = `${box?.offsetWidth ?? 0}px`;
    ghost.style.height = `${Math.max((to - from) * minute, 16)}px`;
    ghost.dataset['look'] = look;
    ghost.children[0]?.replaceChildren(title);
    ghost.children[1]?.replaceChildren(more);
  };
  const frame = () => {
    scroll.scrollTop += pull(clientY - view.top - head, view.bottom - clientY);
    scroll.scrollLeft += pull(clientX - view.left, view.right - clientX);
    draw();
    frameId = requestAnimationFrame(frame);
  };
  const onMove = (event: PointerEvent) => {
    if (event.pointerId === pointer.pointerId) ({ clientX, clientY } = event);
  };
  const stop = () => {
    cancelAnimationFrame(frameId);
    ghost.hidden = true;
    delete scroll.dataset['dragging'];
    listeners.abort();
    play.end();
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== pointer.pointerId) return;
    ({ clientX, clientY } = event);
    draw();
    const last = target;
    stop();
    if (last) play.drop(last);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  const listeners = new AbortController();
  const { signal } = listeners;
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', stop, { signal });
  window.addEventListener('blur', stop, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
  scroll.dataset['dragging'] = grip.kind;
  ghost.hidden = false;
  frame();
  return stop;
}

/** How far to scroll this frame when the pointer is close to an edge: the closer, the faster. */
function pull(before: number, after: number): number {
  const [near, sign] = before < after ? [before, -1] : [after, 1];
  return near >= EDGE ? 0 : sign * Math.ceil(FASTEST * (1 - Math.max(0, near) / EDGE));
}

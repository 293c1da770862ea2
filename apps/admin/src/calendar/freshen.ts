const LIT_MS = 2400;

/** Lights up for a moment what somebody else has changed. What was done on this screen is no news here. */
export function freshen(board: HTMLElement | null, ids: readonly string[], ours: ReadonlySet<string>): void {
  for (const id of ids) {
    if (ours.has(id)) continue;
    for (const block of board?.querySelectorAll(`[data-id="${CSS.escape(id)}"]`) ?? []) {
      block.animate([{ outlineColor: 'var(--cal-fresh)' }, { outlineColor: 'transparent' }], { duration: LIT_MS, easing: 'ease-in' });
    }
  }
}

/** What was clicked and typed before the script was there: the page's first lines write it down (channels/first-sight.ts, and embed/tag.ts on a page of somebody else's). */
interface EarlyDeed {
  readonly type: string;
  readonly target: EventTarget | null;
  readonly value: string | undefined;
}

export interface EarlyDeeds {
  readonly deeds: readonly EarlyDeed[];
  stop(): void;
}

declare global {
  interface Window {
    holdfastEarly?: EarlyDeeds;
  }
}

/** Everything until now; from here on the page answers itself. Boxes stand as the server drew them again, because the page thinks that they do. */
export function stopListening(early: EarlyDeeds | undefined, drawn: ParentNode): readonly EarlyDeed[] {
  early?.stop();
  for (const box of drawn.querySelectorAll<HTMLInputElement>('input:checked')) box.checked = false;
  return early?.deeds ?? [];
}

/** Does what was done too early, one after the other, now that somebody listens: before anything is painted, so that no box is seen to lose its tick. */
export async function doAgain(deeds: readonly EarlyDeed[]): Promise<void> {
  for (const { type, target, value } of deeds) {
    if (target instanceof HTMLInputElement && target.type === 'checkbox') {
      if (type === 'change') target.click();
    } else if (type === 'click') {
      if (target instanceof Element) target.closest('button')?.click();
    } else if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
      target.value = value ?? '';
      target.dispatchEvent(new Event(type, { bubbles: true }));
    }
    await Promise.resolve(); // the page is drawn anew in between, or the next box would not know of this one
  }
}

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

/** Everything until now; from here on the page answers itself. Boxes stand as the server drew them again, because the page thinks that they do; those that were ticked are named. */
export function stopListening(early: EarlyDeeds | undefined, drawn: ParentNode): Early {
  early?.stop();
  const ticked = [...drawn.querySelectorAll<HTMLInputElement>('input:checked')];
  for (const box of ticked) box.checked = false;
  return [early?.deeds ?? [], ticked];
}

type Early = readonly [deeds: readonly EarlyDeed[], ticked: readonly EventTarget[]];

/** Does what was done too early, one after the other, now that somebody listens: before anything is painted, so that no box is seen to lose its tick. */
export async function doAgain([deeds, ticked]: Early): Promise<void> {
  for (const { type, target: at, value } of deeds) {
    // whatever says that it was clicked, typed into or changed is an element, and the two latter ones are fields
    const target = at as HTMLInputElement;
    if (target.type === 'checkbox') {
      // another widget on the page may have chosen the same meanwhile
      if (type === 'change' && target.checked !== ticked.includes(target)) target.click();
    } else if (type === 'click') {
      target.closest('button')?.click();
    } else {
      target.value = value ?? '';
      target.dispatchEvent(new Event(type, { bubbles: true }));
    }
    await Promise.resolve(); // the page is drawn anew in between, or the next box would not know of this one
  }
}

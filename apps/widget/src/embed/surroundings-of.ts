import type { Surroundings } from '../surroundings.ts';
import type { Embedding } from './embedded.tsx';
import { historyOf } from './history-of.ts';
import { fetchSheet, wear } from './style-sheets.ts';

/** Somebody else's page: the step is kept in the history and not in the address, and the title stays theirs. */
export function surroundingsOf(stage: HTMLElement, { key, scroller, root }: Embedding, query: string, goTo: (path: string) => void): Surroundings {
  const own = historyOf(key);
  return {
    embedded: true,
    stage,
    query,
    isFresh: () => own.read().step === undefined,
    mark: () => `#${own.read().step ?? ''}`,
    depth: () => own.read().depth ?? 0,
    show(step, how) {
      const { booking: _, waiting: __, ...kept } = own.read();
      if (how === 'next') own.push({ ...kept, step, depth: (kept.depth ?? 0) + 1 });
      else own.replace({ ...kept, step });
    },
    showBooking(token) {
      const { waiting: _, ...kept } = own.read();
      own.replace({ ...kept, booking: token });
    },
    goTo,
    onMoved(listener) {
      addEventListener('popstate', listener);
      return () => removeEventListener('popstate', listener);
    },
    title: () => undefined,
    toTop() {
      if (scroller) scroller.scrollTo({ top: 0 });
      else if (stage.getBoundingClientRect().top < 0) stage.scrollIntoView({ block: 'start' });
    },
    focusField: (name) => stage.querySelector<HTMLElement>(`#contact [name="${name}"]`)?.focus(),
    returnTo: () => ({ url: location.href, place: key }),
    bringStyles: async (address) => wear(root, await fetchSheet(address)),
  };
}

/** What one widget keeps in the browser's history: the partner's own state stays as it is, and so does their address. */
export interface Kept {
  /** A popup is open. */
  readonly open?: boolean;
  readonly step?: string;
  /** Steps of ours that lie behind. */
  readonly depth?: number;
  /** 1: opening the popup was an entry of its own. */
  readonly base?: number;
  readonly booking?: string;
  /** A place in a line. */
  readonly waiting?: string;
}

type State = { readonly holdfast?: Readonly<Record<string, Kept>> } | null;

export function historyOf(key: string) {
  const read = (): Kept => (history.state as State)?.holdfast?.[key] ?? {};
  const write = (kept: Kept | undefined, how: 'pushState' | 'replaceState', url?: string) => {
    const before = history.state as State;
    const { [key]: _, ...others } = before?.holdfast ?? {};
    history[how]({ ...before, holdfast: kept ? { ...others, [key]: kept } : others }, '', url);
  };
  return {
    read,
    replace: (kept: Kept | undefined, url?: string) => write(kept, 'replaceState', url),
    push: (kept: Kept) => write(kept, 'pushState'),
  };
}

import type { Embedding } from './embedded.tsx';

export interface Ways {
  readonly choose: (query: string, mark: string) => void;
  readonly open: (token: string) => void;
  /** A place in a line. */
  readonly wait: (token: string) => void;
}

/** Goes to what the widget itself can show; answers whether it can. */
export function leadTo(path: URL, { at }: Pick<Embedding, 'at'>, { choose, open, wait }: Ways): boolean {
  const [, kind, token] = /^\/(b|waiting)\/([^/]+)$/.exec(path.pathname) ?? [];
  if (token && kind === 'b') open(token);
  else if (token) wait(token);
  else if (path.pathname === `/book/${at.chain}/${at.location}`) choose(path.search || '?', path.hash.slice(1));
  else return false;
  return true;
}

/** Links of ours that lead to what the widget itself can show are followed inside it; the others open beside the partner's page. */
export function followLinks(stage: HTMLElement, how: Pick<Embedding, 'house' | 'at'>, ways: Ways): () => void {
  const follow = (event: MouseEvent) => {
    const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) return;
    const url = new URL(link.href);
    if (url.origin !== how.house) return;
    if (leadTo(url, how, ways)) return event.preventDefault();
    link.target = '_blank';
    link.rel = 'noopener';
  };
  stage.addEventListener('click', follow);
  return () => stage.removeEventListener('click', follow);
}

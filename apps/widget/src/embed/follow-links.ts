import type { Embedding } from './embedded.tsx';

interface Ways {
  readonly choose: (query: string, mark: string) => void;
  readonly open: (token: string) => void;
}

/** Links of ours that lead to what the widget itself can show are followed inside it; the others open beside the partner's page. */
export function followLinks(stage: HTMLElement, { house, at }: Pick<Embedding, 'house' | 'at'>, { choose, open }: Ways): () => void {
  const follow = (event: MouseEvent) => {
    const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) return;
    const url = new URL(link.href);
    if (url.origin !== house) return;
    const [, token] = /^\/b\/([^/]+)$/.exec(url.pathname) ?? [];
    if (token) open(token);
    else if (url.pathname === `/book/${at.chain}/${at.location}`) choose(url.search || '?', url.hash.slice(1));
    else {
      link.target = '_blank';
      link.rel = 'noopener';
      return;
    }
    event.preventDefault();
  };
  stage.addEventListener('click', follow);
  return () => stage.removeEventListener('click', follow);
}

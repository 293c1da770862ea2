import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import type { WidgetFiles } from './page-shell.ts';

/**
 * What a partner's page names, at an address that never changes: a few lines that fetch the rest by names that carry their content. Its own tag is known only
 * while it runs; a module does not know it at all, and is then found by its address.
 */
export function embedScript(http: Http, files: WidgetFiles | undefined): void {
  http.get('/embed.js', { schema: { hide: true } }, async (_request, reply) => {
    if (!files) throw new Problem('not_ready', 503, 'The widget has not been built: run npm start or npm run serve.');
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', 'cross-origin');
    return reply.send(loader(files));
  });
}

export function loader({ embed, styles }: Pick<WidgetFiles, 'embed' | 'styles'>): string {
  const sheets = JSON.stringify(styles.map((one) => `/widget/${one}`));
  return `(()=>{const d=document,s=d.currentScript||d.querySelector('script[src$="/embed.js"]'),o=new URL(s.src).origin;import(o+"/widget/${embed}").then(m=>m.begin(s,o,${sheets}))})()
`;
}

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

export function loader({ embed, embedNeeds, firstStyles }: Pick<WidgetFiles, 'embed' | 'embedNeeds' | 'firstStyles'>): string {
  const sheets = JSON.stringify(firstStyles.map((one) => `/widget/${one}`));
  // shown at once: its pieces are named now, or the browser would hear of them one after another. A button may never be pressed.
  const ahead = `if((s.dataset.mode||"inline")=="inline")for(const f of ${JSON.stringify(embedNeeds)}){const l=d.createElement("link");l.rel="modulepreload";l.href=o+"/widget/"+f;d.head.append(l)}`;
  return `(()=>{const d=document,s=d.currentScript||d.querySelector('script[src$="/embed.js"]'),o=new URL(s.src).origin;${ahead}import(o+"/widget/${embed}").then(m=>m.begin(s,o,${sheets}))})()
`;
}

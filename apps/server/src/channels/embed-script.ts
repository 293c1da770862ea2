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

export function loader({ embed, embedNeeds, firstStyles, words }: Pick<WidgetFiles, 'embed' | 'embedNeeds' | 'firstStyles' | 'words'>): string {
  const sheets = JSON.stringify(firstStyles.map((one) => `/widget/${one}`));
  // shown at once: its pieces, its styles, its words and what can be booked are asked for now, or one would wait for the other. A button may never be pressed.
  const language = `let k;try{k=sessionStorage.getItem("holdfast:language")}catch{}const g=[t.language,k,d.documentElement.lang,navigator.language].map(l=>(l||"").slice(0,2).toLowerCase()).find(l=>w[l])||"en"`;
  const pieces = `for(const f of [...${JSON.stringify(embedNeeds)},w[g]]){const l=d.createElement("link");l.rel="modulepreload";l.href=o+"/widget/"+f;d.head.append(l)}`;
  const asked = `const [c,b]=t.holdfast.split("/").map(encodeURIComponent);for(const u of [...h,"/api/v1/locations/"+c+"/"+b+"?"+new URLSearchParams({language:g,...(t.link&&{link:t.link})})])(e[o+u]=fetch(o+u,{credentials:"omit"})).catch(()=>0)`;
  const ahead = `if(t.holdfast&&(t.mode||"inline")=="inline"){${language};${pieces}${asked}}`;
  return `(()=>{const d=document,s=d.currentScript||d.querySelector('script[src$="/embed.js"]'),o=new URL(s.src).origin,t=s.dataset,e={},h=${sheets},w=${JSON.stringify(words.first)};${ahead}import(o+"/widget/${embed}").then(m=>m.begin(s,o,h,e))})()
`;
}

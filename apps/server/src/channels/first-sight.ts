import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Words } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { FastifyReply } from 'fastify';
import { DRAWER, WIDGET_FOLDER, type WidgetFiles } from './page-shell.ts';

/** What the widget's build makes of apps/widget/src/first-sight.tsx. */
interface Drawn {
  renderFirstSight(page: LocationPage, words: Words, embedded: boolean): string;
  dressEmbedded(sheet: string): string;
}

export interface FirstSight {
  /** The first step, drawn by the widget's own components. */
  readonly html: string;
  /** All that it wears, in the page: nothing has to be fetched before it is seen. */
  readonly style: string;
  readonly script: string;
}

/** `embedded`: as it has to be on somebody else's page. */
export type DrawFirstSight = (page: LocationPage, words: Words, where?: { readonly embedded: boolean }) => FirstSight;

/** Addresses whose page does not begin with the services as they are: something is chosen already, or it is somebody's preview. */
const BEGINS_ELSEWHERE = ['service', 'staff', 'time', 'event', 'preview', 'from'];

/** Whether a page begins with all of its services, nothing of them chosen; every other beginning is left to the script. */
export function beginsWithServices({ widget, services }: LocationPage, query: Readonly<Record<string, unknown>>): boolean {
  return widget.first === 'service' && services.length > 0 && BEGINS_ELSEWHERE.every((name) => query[name] === undefined);
}

/** Draws the first sight of a booking page; undefined: the widget has not been built. */
export function readFirstSight(files: WidgetFiles | undefined): DrawFirstSight | undefined {
  if (!files) return undefined;
  const { renderFirstSight, dressEmbedded } = createRequire(import.meta.url)(DRAWER) as Drawn;
  const sheet = files.firstStyles.map((one) => readFileSync(WIDGET_FOLDER + one, 'utf8')).join('');
  const onOurs = sheet + belowTheEdge('html');
  const onTheirs = dressEmbedded(sheet + belowTheEdge('.stage'));
  return (page, words, { embedded } = { embedded: false }) => ({
    html: renderFirstSight(page, words, embedded),
    style: embedded ? onTheirs + colorsOf(page, '.stage') : onOurs + colorsOf(page, ':root'),
    script: FIRST_MOMENTS,
  });
}

/**
 * A third of the time until a slow phone shows anything was laying out services that nobody sees yet. Until the script has taken over, what lies far below the edge
 * waits until somebody scrolls near; where no script runs nothing waits.
 */
const belowTheEdge = (stage: 'html' | '.stage') => `${stage}[data-early] .group{content-visibility:auto;contain-intrinsic-size:auto 30rem}`;

const SHADES = { accent: 'accent', strong: 'accent-strong', onAccent: 'on-accent', soft: 'accent-soft' } as const;

/** The salon's own colours, as the widget puts them on (apps/widget/src/wear-colors.ts). */
function colorsOf({ widget: { look } }: LocationPage, stage: ':root' | '.stage'): string {
  const { colors } = look;
  if (!colors) return '';
  const named = (['light', 'dark'] as const).flatMap((scheme) =>
    (Object.keys(SHADES) as (keyof typeof SHADES)[]).map((shade) => `--${scheme}-${SHADES[shade]}:${colors[scheme][shade]}`),
  );
  // colours are written with a hash sign and digits; nothing else would come out of a style
  return named.every((one) => /^--[a-z-]+:#[\da-f]+$/i.test(one)) ? `${stage}{${named.join(';')}}` : '';
}

/**
 * Runs before anything is seen. Who comes back into a booking that is begun, or speaks another language by now, would see the beginning flash by: for them the page
 * stays empty until the script is there. What everybody else clicks and types before that is written down, and done again by apps/widget/src/early-deeds.ts.
 */
export const FIRST_MOMENTS = `(d=>{try{const e=d.documentElement,s=sessionStorage,l=s.getItem("holdfast:language");if(location.hash||l&&l!=e.lang||s.getItem("holdfast:draft:"+location.pathname.slice(6)))e.dataset.later="";else e.dataset.early=""}catch{}
const deeds=[],types=["click","input","change"],note=({type,target})=>deeds.push({type,target,value:target.value});for(const t of types)d.addEventListener(t,note,true);
window.holdfastEarly={deeds,stop(){for(const t of types)d.removeEventListener(t,note,true)}}})(document)`;

const hashes = new Map<string, string>();
function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known) return known;
  if (hashes.size > 200) hashes.clear();
  const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  hashes.set(text, hash);
  return hash;
}

/** The page's policy names what stands in it by its hash: nothing else that might stand there runs or is worn. */
export function letFirstSightIn(reply: FastifyReply, { style, script }: FirstSight): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
    .replace("style-src 'self'", `$& ${hashOf(style)}`)
    .replace(/(^|;)\s*script-src 'self'/, `$& ${hashOf(script)}`);
  reply.header('content-security-policy', policy);
}

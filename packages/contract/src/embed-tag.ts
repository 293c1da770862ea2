export const embedModes = ['inline', 'button', 'popup'] as const;
export type EmbedMode = (typeof embedModes)[number];

/** What stands ready on the page for a widget that is still on its way, and stays its least height: as high as the window, within reason. */
const HEIGHT = 'clamp(640px, 100svh, 960px)';

export interface EmbedWish {
  /** Our own origin. */
  readonly house: string;
  /** `chain/location` */
  readonly place: string;
  readonly mode: EmbedMode;
  /** Slug of a booking link, and what is chosen already, by id. */
  readonly link?: string | null;
  readonly service?: string | null;
  readonly staff?: string | null;
  readonly event?: string | null;
  /** What the button says. */
  readonly label?: string;
}

/** The one line that puts the widget on any page. */
export function embedTag({ house, place, mode, link, service, staff, event, label }: EmbedWish): string {
  const data = { holdfast: place, mode, link, service, staff, event, label: mode === 'inline' ? undefined : label?.trim() };
  const said = Object.entries(data).flatMap(([name, value]) => (value ? [`data-${name}="${escaped(value)}"`] : []));
  // what begins with its services comes drawn; anything else has no use for the place in its address
  const isDrawn = mode === 'inline' && !service && !staff && !event;
  const drawn = isDrawn ? `?${[`place=${place}`, ...(link ? [`link=${encodeURIComponent(link)}`] : [])].join('&')}` : '';
  return `<script src="${escaped(`${house}/embed.js${drawn}`)}" ${said.join(' ')} async></script>`;
}

/** What a strict content security policy has to let in. A site that asks for consent to Google Analytics lets that in as well. */
export function embedPolicy(house: string, measured = false): string {
  const google = measured ? ' https://www.googletagmanager.com' : '';
  const heard = measured ? `${google} https://*.google-analytics.com https://*.analytics.google.com` : '';
  return `script-src ${house}${google}; connect-src ${house}${heard}; img-src ${house}${heard}`;
}

/** For the page's own style sheet: the widget's place is kept from the first moment, so that nothing moves when it comes. */
export function embedStyle(): string {
  return `script[data-mode="inline"], holdfast-booking[mode="inline"] { display: block; min-height: ${HEIGHT} }`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

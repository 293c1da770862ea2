import { directionOf } from '@holdfast/contract/client-language';
import type { BookingPageSources } from './booking-pages.ts';
import { beginsWithServices, type DrawFirstSight } from './first-sight.ts';
import { pickLanguage } from './language-of.ts';
import { plainWords } from './plain/plain-words.ts';

/** All that a partner's page needs to show the first step, as apps/widget/src/embed/tag.ts reads it. */
export interface PartnerSight {
  /** What the tag has to be about, or the widget asks for what it shows by itself. */
  readonly place: string;
  readonly link: string;
  readonly language: string;
  readonly direction: string;
  readonly spoken: readonly string[];
  readonly otherwise: string;
  /** The location's page, as JSON: it is read only when the widget is there. */
  readonly page: string;
  readonly style: string;
  /** Empty: the page does not begin with its services. */
  readonly html: string;
}

interface Asked extends Pick<BookingPageSources, 'locationPage'> {
  readonly draw: DrawFirstSight | undefined;
  /** `chain/location` */
  readonly place: string;
  readonly wish: { readonly link?: string | undefined; readonly language?: string | undefined };
  readonly accepted: string | undefined;
}

/** In the language that the address names, else in the visitor's; who needs another one gets it from the widget itself. */
export async function partnerSight({ locationPage, draw, place, wish, accepted }: Asked): Promise<PartnerSight | null> {
  const [chain = '', location = ''] = place.split('/');
  const found = await locationPage(chain, location, wish);
  const { languages: spoken, defaultLanguage: otherwise, currency, timeZone } = found.location;
  const language = pickLanguage(spoken, wish.language, accepted, otherwise);
  const page = language === wish.language ? found : await locationPage(chain, location, { ...wish, language });
  const sight = draw?.(page, plainWords(language, { currency, timeZone }), { embedded: true });
  if (!sight) return null;
  return {
    place,
    link: wish.link ?? '',
    language,
    direction: directionOf(language),
    spoken,
    otherwise,
    page: JSON.stringify(page),
    style: sight.style,
    html: beginsWithServices(page, {}) ? sight.html : '',
  };
}

import type { Words } from '@holdfast/contract/client-words';
import type { LocationPage } from '@holdfast/contract/location-page';
import { renderToString } from 'preact-render-to-string';
import { App } from './app.tsx';
import placeCss from './embed/place.css?inline';
import { fitted } from './embed/style-sheets.ts';
import { DemoBanner } from './parts/demo-banner.tsx';
import { setServerNow } from './server-clock.ts';
import { ownPage, type Surroundings, SurroundingsProvider } from './surroundings.ts';

/** A page that nobody has done anything on yet. */
const untouched: Surroundings = Object.create(ownPage, { query: { value: '' }, isFresh: { value: () => true }, mark: { value: () => '' } });

/** Somebody else's. */
const inside: Surroundings = Object.create(untouched, { embedded: { value: true } });

/**
 * The booking page as everybody sees it who comes for the first time, as HTML of the very components that take over once the script is there (main.tsx). Runs on
 * the server. The page must begin with its services: whatever else comes first is a piece that is fetched.
 */
export function renderFirstSight(page: LocationPage, words: Words, embedded = false): string {
  setServerNow(page.now);
  return renderToString(
    <SurroundingsProvider value={embedded ? inside : untouched}>
      <App
        page={page}
        booking={null}
        words={words}
        place={{ currency: page.location.currency, timeZone: page.location.timeZone }}
        from={null}
        banner={page.chain.demo && !embedded ? DemoBanner : null}
        clientPage={null}
      />
    </SurroundingsProvider>,
  );
}

/** What stands around the steps on a page of ours (parts/page-frame.tsx), and nowhere else. */
const onlyOurs = /^(html|body|\.top|\.top-inner|\.brand|\.brand-\w+|\.foot|\.foot-\w+)(?![\w-])/;

/** What the first sight wears, as it has to be on somebody else's page that may be dark. */
export function dressEmbedded(sheet: string): string {
  const inside = sheet.replaceAll(/([^{};]+)\{[^{}]*\}/g, (rule, selectors: string) =>
    selectors.split(',').every((one) => onlyOurs.test(one.trim())) ? '' : rule,
  );
  return placeCss + fitted(inside, true);
}

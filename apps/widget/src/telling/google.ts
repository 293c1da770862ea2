import { ga4Events } from '@holdfast/contract/ga4';
import type { Purchases } from '@holdfast/contract/measuring';
import type { WidgetEventFacts } from '@holdfast/contract/widget-events';
import { ask } from '../api.ts';
import { measured } from '../happenings.ts';
import { type Consent, dataLayer, watchConsent } from './consent.ts';
import type { Told } from './events-of.ts';

export interface Google {
  tell(told: Told): void;
  /** A payment is through: told of if it is ours to tell. */
  claim(token: string, facts: WidgetEventFacts): void;
}

const script = 'https://www.googletagmanager.com/gtag/js';

/** Google Analytics 4, from the moment the client agrees. Before that nothing is loaded, sent or kept; without it everything else goes on. */
export function openGoogle(measurementId: string, where: { host: HTMLElement; embedded: boolean; language: string }): Google {
  let consent: Consent = 'unknown';
  let ready: Promise<boolean> | undefined;
  let waiting: (() => void)[] = [];

  const heard = (now: Consent) => {
    consent = now;
    if (now === 'denied') {
      waiting = [];
      delete measured.by;
      if (ready) gtag('consent', 'update', { analytics_storage: 'denied' });
    }
    if (now !== 'granted') return;
    ready ??= loadScript(measurementId);
    for (const tell of waiting.splice(0)) tell();
  };
  watchConsent(where, heard);
  if (!where.embedded && consent === 'unknown') void import('./ask-consent.ts').then(({ askConsent }) => askConsent(where.language, heard));

  const withConsent = (tell: () => void) => {
    if (consent === 'granted') tell();
    else if (consent === 'unknown') waiting.push(tell);
  };
  const send = (told: Told) => {
    for (const { name, params } of ga4Events(told.name, told.facts)) gtag('event', name, { ...params, ...pageOf(), send_to: measurementId });
    note(told);
  };
  return {
    tell: (told) => withConsent(() => send(told)),
    claim: (token, place) =>
      withConsent(() => {
        // whoever cannot send must not take it from who can
        void ready?.then(async (loaded) => {
          if (!loaded) return;
          const answer = await ask<Purchases>('POST', `/api/v1/bookings/${encodeURIComponent(token)}/purchase-claims`, {});
          if (!answer.ok) return;
          const { chain, location, link } = place;
          for (const purchase of answer.value.purchases) send({ name: 'payment_completed', facts: { chain, location, link, ...purchase } });
        });
      }),
  };
}

/** Google's own way of being spoken to: it takes what is in the layer when it has come, and knows commands only as `arguments`. */
function gtag(..._command: unknown[]): void {
  // biome-ignore lint/complexity/noArguments: gtag tells its commands from other people's objects by this
  dataLayer().push(arguments);
}

/** Whether it has come. An ad blocker or the page's policy may keep it away. */
function loadScript(measurementId: string): Promise<boolean> {
  gtag('consent', 'default', { analytics_storage: 'granted', ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });
  gtag('js', new Date());
  gtag('config', measurementId, { send_page_view: false, ...pageOf() });
  gtag('get', measurementId, 'client_id', (clientId: unknown) => {
    gtag('get', measurementId, 'session_id', (sessionId: unknown) => {
      measured.by = { clientId: String(clientId).slice(0, 100), sessionId: String(sessionId).slice(0, 100) };
    });
  });
  return new Promise((resolve) => {
    const element = document.createElement('script');
    element.async = true;
    element.src = `${script}?${new URLSearchParams({ id: measurementId })}`;
    element.onload = () => resolve(true);
    element.onerror = () => resolve(false);
    document.head.append(element);
  });
}

/** The address of a booking's page opens the booking: Google hears only that it is such a page. */
function pageOf() {
  const { origin, pathname, search } = location;
  const own = pathname.startsWith('/b/');
  return { page_location: own ? `${origin}/b/` : `${origin}${pathname}${search}`, page_referrer: '' };
}

/** For the salon's list of the last events. */
function note({ name, facts }: Told): void {
  const { chain, location: place, link, valueMinor, currency, transactionId } = facts;
  const body = { link, name, ...(valueMinor === undefined ? {} : { valueMinor, currency }), ...(transactionId ? { transactionId } : {}) };
  void ask('POST', `/api/v1/locations/${encodeURIComponent(chain)}/${encodeURIComponent(place)}/measured-events`, body);
}

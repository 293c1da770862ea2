import { ga4Events } from '@holdfast/contract/ga4';
import type { Purchases } from '@holdfast/contract/measuring';
import type { WidgetEventFacts } from '@holdfast/contract/widget-events';
import { ask } from '../api.ts';
import { measured } from '../happenings.ts';
import { type Consent, dataLayer, watchConsent } from './consent.ts';
import type { Told } from './events-of.ts';

export interface Google {
  tell(told: Told): void;
  /** A booking that the client sees here: whoever takes the consent back takes it back for these too. */
  sees(token: string): void;
  /** A payment is through: told of if it is ours to tell. */
  claim(token: string, facts: WidgetEventFacts): void;
}

const script = 'https://www.googletagmanager.com/gtag/js';

interface Where {
  readonly host: HTMLElement;
  readonly embedded: boolean;
  readonly language: string;
}

/** What Google calls this browser and this visit. */
type Visit = NonNullable<(typeof measured)['by']>;

/** Google Analytics 4, from the moment the client agrees. Before that nothing is loaded, sent or kept; without it everything else goes on. */
export function openGoogle(measurementId: string, where: Where): Google {
  let consent: Consent = 'unknown';
  let ready: Promise<Visit | undefined> | undefined;
  let waiting: (() => void)[] = [];
  const seen = new Set<string>();

  // whoever listens to consent hears the same word again and again
  const heard = (now: Consent) => {
    if (now === consent) return;
    consent = now;
    if (now === 'denied') {
      waiting = [];
      for (const token of seen) void ask('POST', `/api/v1/bookings/${encodeURIComponent(token)}/measuring-withdrawal`, {});
    }
    if (now !== 'granted') {
      delete measured.by;
      if (ready) silence(measurementId, true);
      return;
    }
    silence(measurementId, false);
    ready ??= loadScript(measurementId, where);
    void ready.then((visit) => {
      if (visit && consent === 'granted') measured.by = visit;
    });
    for (const tell of waiting.splice(0)) tell();
  };
  watchConsent(where, heard);
  if (!where.embedded) void import('./ask-consent.ts').then(({ askConsent }) => askConsent(where.language, consent, heard));

  const withConsent = (tell: () => void) => {
    if (consent === 'granted') tell();
    else if (consent === 'unknown') waiting.push(tell);
  };
  const send = (told: Told) => {
    for (const { name, params } of ga4Events(told.name, told.facts)) gtag('event', name, { ...params, ...pageOf(), send_to: measurementId });
    // an ad blocker keeps the script away: nothing was handed over then
    void ready?.then((visit) => visit && note(told));
  };
  return {
    sees: (token) => void seen.add(token),
    tell: (told) => withConsent(() => send(told)),
    claim: (token, place) =>
      withConsent(() => {
        // whoever cannot send must not take it from who can
        void ready?.then(async (visit) => {
          if (!visit || consent !== 'granted') return;
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

/** Google's own switch for one measurement ID: on somebody else's page its consent mode belongs to that page, and to whatever else measures there. */
function silence(measurementId: string, off: boolean): void {
  (window as unknown as Record<string, boolean>)[`ga-disable-${measurementId}`] = off;
}

/** The visit, once Google's script itself has answered; nothing where an ad blocker or the page's policy keeps it away, or puts a dummy in its place. */
function loadScript(measurementId: string, { embedded }: Where): Promise<Visit | undefined> {
  if (!embedded)
    gtag('consent', 'default', { analytics_storage: 'granted', ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });
  gtag('js', new Date());
  gtag('config', measurementId, {
    send_page_view: false,
    allow_google_signals: false,
    allow_ad_personalization_signals: false,
    ...pageOf(),
  });
  const get = (what: string) =>
    new Promise<string>((resolve) => gtag('get', measurementId, what, (it?: string | number) => resolve(String(it ?? '').slice(0, 100))));
  const visit = Promise.all([get('client_id'), get('session_id')]).then(([clientId, sessionId]) =>
    clientId && sessionId ? { clientId, sessionId } : undefined,
  );
  const failed = new Promise<undefined>((resolve) => {
    const element = document.createElement('script');
    element.async = true;
    element.src = `${script}?${new URLSearchParams({ id: measurementId })}`;
    element.onerror = () => resolve(undefined);
    document.head.append(element);
  });
  return Promise.race([visit, failed]);
}

/** The address of a booking's page, or of a place in a line, opens it: Google hears only that it is such a page. */
function pageOf() {
  const { origin, pathname, search } = location;
  const [, kind] = /^\/(b|waiting)\//.exec(pathname) ?? [];
  return { page_location: kind ? `${origin}/${kind}/` : `${origin}${pathname}${search}`, page_referrer: '' };
}

/** For the salon's list of the last events. */
function note({ name, facts }: Told): void {
  const { chain, location: place, link, valueMinor, currency, transactionId } = facts;
  const body = { link, name, ...(valueMinor === undefined ? {} : { valueMinor, currency }), ...(transactionId ? { transactionId } : {}) };
  void ask('POST', `/api/v1/locations/${encodeURIComponent(chain)}/${encodeURIComponent(place)}/measured-events`, body);
}

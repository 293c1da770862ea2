import type { BookingWish } from '@holdfast/contract/booking';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { type Language, wordsFor } from './words-on-screen.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', uk: 'uk-UA', pt: 'pt-PT', ar: 'ar-AE' };
const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 900 } },
} as const;

export interface Habits {
  /** Agrees to be measured; else a word to Google is a fault. */
  readonly measured?: boolean;
  readonly language: Language;
  readonly device: keyof typeof screens;
  readonly name: string;
  readonly phone: string;
}

/** Somebody in front of a browser of their own, and what can be noticed about them from outside. */
export interface Person extends Habits {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly say: ReturnType<typeof wordsFor>;
  /** Every booking that their browser has asked for, in order. */
  readonly wishes: readonly BookingWish[];
  /** How many of them the server took as new. */
  readonly booked: () => number;
  /** Errors of our pages and addresses on other machines: always empty. */
  readonly complaints: readonly string[];
}

/** A new browser profile: no cookies, no storage, one tab. */
export async function meet(browser: Browser, habits: Habits): Promise<Person> {
  const context = await browser.newContext({ ...screens[habits.device], locale: locales[habits.language], reducedMotion: 'reduce' });
  context.setDefaultTimeout(120_000);
  await context.addInitScript(lookMoreOften, LOOKS_EVERY_MS);
  const wishes: BookingWish[] = [];
  const complaints: string[] = [];
  let booked = 0;
  context.on('request', (request) => {
    if (!isOurs(request) && !(habits.measured && isGoogle(request))) complaints.push(`asked another machine: ${request.url()}`);
    if (isBooking(request)) wishes.push(request.postDataJSON() as BookingWish);
  });
  context.on('response', (response) => {
    if (isBooking(response.request()) && response.status() === 201) booked++;
    if (response.status() === 500) complaints.push(`${response.status()} from ${response.url()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // a refusal such as "time taken" is an answer, although browsers write it down as an error
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  const page = await context.newPage();
  return { ...habits, context, page, say: wordsFor(habits.language), wishes, booked: () => booked, complaints };
}

/**
 * What a client's page asks again every quarter of a minute it asks every second here: that it does is what is tested, and nobody has to wait for it. The salon's
 * screens hear of what happens by themselves; to ask more often would only tell them sooner that a session has run out, before whoever sits there presses anything.
 */
const LOOKS_EVERY_MS = 1000;
function lookMoreOften(atMost: number): void {
  if (location.pathname.startsWith('/admin')) return;
  const ordinary = window.setInterval;
  const more = (run: TimerHandler, ms?: number, ...rest: unknown[]) => ordinary(run, Math.min(ms ?? 0, atMost), ...rest);
  window.setInterval = more as typeof window.setInterval;
}

function isBooking(request: Request): boolean {
  return request.method() === 'POST' && request.url().endsWith('/bookings');
}

/** Played by us: see stand-in-for-google.ts. */
function isGoogle(request: Request): boolean {
  return /^https:\/\/www\.(googletagmanager|google-analytics)\.com\//.test(request.url());
}

function isOurs(request: Request): boolean {
  const { hostname, protocol } = new URL(request.url());
  return protocol === 'data:' || protocol === 'blob:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

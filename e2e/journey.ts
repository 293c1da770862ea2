import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../tools/testing/launch-browser.ts';
import { startFilledDemo } from './filled-demo.ts';
import { type Habits, meet, type Person } from './person.ts';
import { type RunningDemo, startDemo } from './running-demo.ts';

/** Seconds on an idle machine; a busy one may take its time, because every wait is for something that is seen. */
const LONGEST_MS = 600_000;

/** One demo and one browser for all journeys of a file. */
export interface Stage {
  readonly demo: RunningDemo;
  /** A test in which people sit in front of browsers. Fails on errors of our pages too, and leaves pictures when it fails. */
  journey(name: string, deed: (scene: Scene) => Promise<void>): void;
}

export interface Scene {
  readonly demo: RunningDemo;
  /** Somebody new with a browser and a phone number of their own. */
  arrives(habits?: Partial<Habits>): Promise<Person>;
}

/** `embedded`: the demo exactly as whoever tries it gets it, filled at its first start into the database that it brings. Slower; for one file. */
export function openStage({ embedded = false } = {}): Stage {
  let demo: RunningDemo;
  let browser: Browser;
  let people = 0;
  beforeAll(async () => {
    // each is kept as soon as it is there, so that what did start is stopped when the other did not
    const starting = [
      (embedded ? startDemo() : startFilledDemo()).then((started) => (demo = started)),
      launchBrowser().then((launched) => (browser = launched)),
    ];
    const failed = (await Promise.allSettled<unknown>(starting)).find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }, LONGEST_MS);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await demo?.removeData();
  });
  return {
    get demo() {
      return demo;
    },
    journey(name, deed) {
      test(
        name,
        async () => {
          const present: Person[] = [];
          const arrives: Scene['arrives'] = async (habits = {}) => {
            const phone = `+351 912 010 ${String(100 + ++people)}`;
            const person = await meet(browser, { language: 'en', device: 'desktop', name: 'Robin', phone, ...habits });
            present.push(person);
            return person;
          };
          try {
            await deed({ demo, arrives });
            expect(present.flatMap(({ complaints }) => complaints)).toEqual([]);
          } catch (error) {
            throw await withPictures(error, present, demo.lastWords());
          } finally {
            await Promise.all(present.map(({ context }) => context.close()));
          }
        },
        LONGEST_MS,
      );
    },
  };
}

/** The same failure, told with what was on the screens: pictures of every open page, their addresses and their complaints. */
async function withPictures(error: unknown, present: readonly Person[], lastWords: readonly string[]): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-failed-'));
  const pages = present.flatMap(({ context }) => context.pages());
  const told = pages.map(async (page, index) => {
    const path = join(folder, `${index + 1}.png`);
    await page.screenshot({ path, fullPage: true }).catch(() => undefined);
    return `${page.url()} looked like ${path}`;
  });
  const lines = [...(await Promise.all(told)), ...present.flatMap(({ complaints }) => complaints), ...lastWords];
  error.message = [error.message, ...lines].join('\n');
  return error;
}

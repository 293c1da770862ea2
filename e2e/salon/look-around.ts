import type { Page } from 'playwright-core';
import { barriersOn } from '../look-for-barriers.ts';
import type { Person } from '../person.ts';

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** Goes from screen to screen, and writes down what stands in anybody's way there. */
export interface Looking {
  readonly page: Page;
  /** By the address, which begins anew. Paths begin below `/admin`. */
  readonly open: (path: string) => Promise<void>;
  /** Within the app, which is quicker, and is how one gets there. */
  readonly go: (path: string) => Promise<void>;
  readonly press: (role: 'button' | 'tab' | 'link', name: string | RegExp) => Promise<void>;
  /** Presses the button and waits for the dialog. */
  readonly dialog: (name: string | RegExp) => Promise<void>;
  /** In light, in dark, and as narrow as a phone. */
  readonly look: (screen: string) => Promise<void>;
}

/** What was seen by everybody who looked. */
export interface Seen {
  readonly found: unknown[];
  readonly routes: Set<string>;
}

export function lookAround({ page }: Pick<Person, 'page'>, origin: string, { found, routes }: Seen): Looking {
  const press: Looking['press'] = (role, name) => page.getByRole(role, { name }).first().click();
  return {
    page,
    press,
    async open(path) {
      await page.goto(`${origin}/admin${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
    async go(path) {
      await page.evaluate((to) => window.__TSR_ROUTER__?.navigate({ href: `/admin${to}` }), path);
      await page.waitForURL(`${origin}/admin${path.split('?')[0]}**`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },
    async dialog(name) {
      await press('button', name);
      await page.getByRole('dialog').waitFor();
    },
    async look(screen) {
      for (const viewport of [desktop, phone]) {
        await page.setViewportSize(viewport);
        await settled(page);
        const { light, dark, sideways } = await barriersOn(page, viewport === desktop);
        if (light.length + dark.length + sideways > 0) found.push({ screen, width: viewport.width, light, dark, sideways });
      }
      await page.setViewportSize(desktop);
      routes.add(await routeOf(page));
    },
  };
}

/** Which of the app's routes is on the screen. */
async function routeOf(page: Page): Promise<string> {
  return page.evaluate(() => window.__TSR_ROUTER__?.state.matches.at(-1)?.fullPath ?? '');
}

/** What was being read has come, and what follows the width of the window has followed. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));
}

declare global {
  interface Window {
    /** TanStack Router shows itself here. */
    readonly __TSR_ROUTER__?: {
      navigate(to: { readonly href: string }): Promise<void>;
      readonly routesByPath: Readonly<Record<string, unknown>>;
      readonly state: { readonly matches: readonly { readonly fullPath: string }[] };
    };
  }
}

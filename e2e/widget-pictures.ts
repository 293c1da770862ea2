import type { Browser } from 'playwright-core';
import { meet, type Person } from './person.ts';
import { isAsked } from './pictures-asked.ts';
import { chooseService, openSalon } from './walk-the-steps.ts';
import { writePicture } from './write-picture.ts';

interface Sight {
  readonly what: string;
  readonly language: Person['language'];
  readonly dark: boolean;
  show(person: Person, origin: string): Promise<void>;
}

const sights: readonly Sight[] = [
  {
    what: 'services',
    language: 'ar',
    dark: false,
    async show(person, origin) {
      await openSalon(person, origin, 'lisbon');
      await chooseService(person, 'Corte de senhora');
    },
  },
];

/** What the walk through the booking does not come by, on a phone. */
export async function takeWidgetPictures(browser: Browser, origin: string): Promise<void> {
  for (const { what, language, dark, show } of sights) {
    const name = `phone-${language}${dark ? '-dark' : ''}-${what}`;
    if (!isAsked(name)) continue;
    const person = await meet(browser, { device: 'phone', language, name: 'Rui', phone: '' });
    await person.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await show(person, origin);
    await writePicture(person.page, name);
    await person.context.close();
  }
}

import { usualOf } from '../../location/places.ts';
import type { Language } from '../../words.tsx';
import type { Answers } from './answers.ts';

/** Where the browser's languages say the salon may be: a first idea for the form. */
function countryHere(): string {
  for (const tag of navigator.languages) {
    const region = new Intl.Locale(tag).maximize().region;
    if (region && usualOf(region)) return region;
  }
  return 'UA';
}

export function firstAnswers(): Answers {
  const country = countryHere();
  const { currency = 'EUR', timeZone = 'UTC', language = 'en' as Language } = usualOf(country) ?? {};
  return {
    code: '',
    owner: { name: '', email: '', password: '' },
    chain: { name: '', slug: '' },
    location: {
      name: '',
      slug: '',
      country,
      currency,
      timeZone,
      address: '',
      phone: '',
      defaultLanguage: language,
      languages: [...new Set<Language>([language, 'en'])],
    },
    category: '',
    services: [{ id: 1, name: '', priceMinor: null, minutes: '' }],
    team: { works: true, name: '', position: '', weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
    ownSlugs: { chain: false, location: false },
  };
}

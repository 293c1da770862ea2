import { expect, test } from 'vitest';
import { type Answers, isAnswered, isWhole, minuteOfDay, toFirstRun } from './answers.ts';

const answers: Answers = {
  code: 'abcd',
  owner: { name: 'Olena', email: 'olena@linden.example', password: 'a quiet place by the sea' },
  chain: { name: 'Linden', slug: 'linden' },
  location: {
    name: 'Kyiv',
    slug: 'kyiv',
    country: 'UA',
    currency: 'UAH',
    timeZone: 'Europe/Kyiv',
    address: '',
    phone: '',
    defaultLanguage: 'uk',
    languages: ['uk'],
  },
  category: ' Hair ',
  services: [
    { id: 1, name: ' Haircut ', priceMinor: 60_000, minutes: 60 },
    { id: 2, name: '', priceMinor: null, minutes: '' },
    { id: 3, name: 'Free talk', priceMinor: 0, minutes: 15 },
  ],
  team: { works: true, name: '', position: '', weekdays: [1, 2], from: '09:30', to: '18:00' },
  ownSlugs: { chain: false, location: false },
};

test('rows that were left empty are left out, and a free service is one', () => {
  expect(toFirstRun(answers, 'uk').catalogue).toEqual({
    category: 'Hair',
    services: [
      { name: 'Haircut', priceMinor: 60_000, minutes: 60 },
      { name: 'Free talk', priceMinor: 0, minutes: 15 },
    ],
  });
  expect(toFirstRun({ ...answers, services: [] }, 'uk').catalogue).toBeNull();
});

test('who takes clients under no other name does so under their own', () => {
  expect(toFirstRun(answers, 'uk').teamMember).toEqual({ name: 'Olena', position: '', weekdays: [1, 2], from: 570, to: 1080 });
  expect(toFirstRun({ ...answers, team: { ...answers.team, works: false } }, 'uk').teamMember).toBeNull();
});

test('a row with something in it has to be whole', () => {
  const row = { id: 1, name: 'Haircut', priceMinor: null, minutes: 60 } as const;
  expect([isAnswered(row), isWhole(row), isWhole({ ...row, priceMinor: 0 }), isWhole({ ...row, priceMinor: 0, minutes: 4 })]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('times of the day are minutes', () => {
  expect([minuteOfDay('00:00'), minuteOfDay('09:30'), minuteOfDay('23:59:00'), minuteOfDay('')]).toEqual([0, 570, 1439, undefined]);
});

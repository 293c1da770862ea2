import { expect, test } from 'vitest';
import { embedPolicy, embedTag } from './embed-tag.ts';

const house = 'https://book.example.com';

test('the line for a site names only what was chosen, and a button’s label only where there is a button', () => {
  expect(embedTag({ house, place: 'demo/lisbon', mode: 'inline', label: 'Book' })).toBe(
    '<script src="https://book.example.com/embed.js?place=demo/lisbon" data-holdfast="demo/lisbon" data-mode="inline" async></script>',
  );
  expect(embedTag({ house, place: 'demo/lisbon', mode: 'popup', link: 'advert', service: 'srv_1', staff: null, label: 'Book' })).toContain(
    'data-mode="popup" data-link="advert" data-service="srv_1" data-label="Book" async',
  );
});

test('the address names the place where the first step can come with the line, and nowhere else', () => {
  expect(embedTag({ house, place: 'demo/lisbon', mode: 'inline', link: 'advert' })).toContain('embed.js?place=demo/lisbon&amp;link=advert"');
  for (const wish of [{ mode: 'button' }, { mode: 'popup' }, { mode: 'inline', service: 'srv_1' }, { mode: 'inline', event: 'evt_1' }] as const)
    expect(embedTag({ house, place: 'demo/lisbon', ...wish })).toContain('/embed.js" data-holdfast');
});

test('a label cannot end the attribute it stands in', () => {
  const tag = embedTag({ house, place: 'demo/lisbon', mode: 'button', label: '"><script>alert(1)</script>&' });
  expect(tag).toContain('data-label="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"');
});

test('a policy lets in our origin, and Google only where the link measures', () => {
  expect(embedPolicy(house)).toBe(`script-src ${house}; connect-src ${house}; img-src ${house}`);
  expect(embedPolicy(house, true)).toContain('script-src https://book.example.com https://www.googletagmanager.com;');
});

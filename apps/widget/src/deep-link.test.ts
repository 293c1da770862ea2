import { expect, test } from 'vitest';
import { preselection } from './deep-link.ts';
import { plainPage } from './testing/plain-page.ts';

const from = (query: string) => preselection(query, plainPage);

test('a link chooses the service, the team member and the time', () => {
  expect(from('?service=cut&staff=anna&time=2026-03-04T10:00:00Z')).toEqual({
    serviceIds: ['cut'],
    staff: 'anna',
    startsAt: '2026-03-04T10:00:00.000Z',
  });
  expect(from('?service=cut,colour&staff=any')).toEqual({ serviceIds: ['cut', 'colour'], staff: 'any', startsAt: null });
  expect(from('?service=cut&service=colour')?.serviceIds).toEqual(['cut', 'colour']);
});

test('a link to a team member chooses them, and leaves open what they are to do', () => {
  expect(from('?staff=anna')).toEqual({ serviceIds: [], staff: 'anna', startsAt: null });
  expect(from('?staff=nobody')).toBeNull();
});

test('a link to a service that is gone chooses nothing', () => {
  expect(from('?service=perm')).toBeNull();
  expect(from('')).toBeNull();
});

test('a link to somebody who does not do it chooses the service only, and no time', () => {
  expect(from('?service=colour&staff=bea&time=2026-03-04T10:00:00Z')).toEqual({ serviceIds: ['colour'], staff: null, startsAt: null });
});

test('a time that is none is left out', () => {
  expect(from('?service=cut&staff=anna&time=soon')?.startsAt).toBeNull();
});

test('"any" is not chosen where the salon does not offer it', () => {
  const strict = { ...plainPage, location: { ...plainPage.location, anyStaff: false } };
  expect(preselection('?service=cut&staff=any', strict)?.staff).toBeNull();
});

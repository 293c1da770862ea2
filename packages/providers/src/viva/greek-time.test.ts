import { describe, expect, it } from 'vitest';
import { vivaMoment } from './greek-time.ts';

describe('moments as Viva writes them', () => {
  it.each([
    // InsDate and Created of the samples in developer.viva.com's pages on webhooks
    ['2021-09-02T10:39:28.73', '2021-09-02T07:39:28.730Z'],
    ['2022-05-26T02:51:09.077', '2022-05-25T23:51:09.077Z'],
    ['2026-01-15T12:00:00', '2026-01-15T10:00:00.000Z'],
    ['2022-02-23T21:49:46.903+02:00', '2022-02-23T19:49:46.903Z'],
    ['2022-02-23T19:49:46.9034567Z', '2022-02-23T19:49:46.903Z'],
    // 2026-10-25: 03:30 comes twice; 2026-03-29: it does not come at all
    ['2026-10-25T02:59:59', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25T03:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T04:00:00', '2026-10-25T02:00:00.000Z'],
    ['2026-03-29T02:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T04:00:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(vivaMoment(text).toISOString()).toBe(moment);
  });

  it.each(['', 'yesterday', '2026-13-01T00:00:00', '2026-01-01T00:00:00+99:99'])('%j is none', (text) => {
    expect(() => vivaMoment(text)).toThrow(RangeError);
  });
});

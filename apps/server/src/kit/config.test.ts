import { expect, test } from 'vitest';
import { readConfig, WrongConfig } from './config.ts';

const KEY = Buffer.alloc(32, 3).toString('base64');
const real = { PUBLIC_URL: 'https://book.example.com', HOLDFAST_KEY: KEY, DATA_DIR: '/srv/holdfast' };

function problemsOf(mode: 'start' | 'serve', env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(mode as 'start', env, '/here');
  } catch (error) {
    if (error instanceof WrongConfig) return error.problems;
    throw error;
  }
  return [];
}

test('the demo needs no setting at all', () => {
  expect(readConfig('start', {}, '/here')).toEqual({
    mode: 'start',
    port: 3000,
    host: '127.0.0.1',
    logLevel: 'warn',
    dataDir: '/here/data',
    data: { kind: 'folder', folder: '/here/data' },
  });
});

test('an empty variable counts as unset', () => {
  expect(readConfig('start', { PORT: '', DATA_DIR: ' ', DATABASE_URL: '', HOST: '' }, '/here')).toMatchObject({ port: 3000, dataDir: '/here/data' });
});

test('the demo on a PostgreSQL server still keeps its key in its folder', () => {
  expect(readConfig('start', { DATABASE_URL: 'postgres://u:p@db/holdfast', DATA_DIR: '/srv', PORT: '8080' })).toMatchObject({
    port: 8080,
    dataDir: '/srv',
    data: { kind: 'server', url: 'postgres://u:p@db/holdfast' },
  });
});

test('the real thing reads its settings', () => {
  expect(readConfig('serve', { ...real, PORT: '80', TRUST_PROXY: '1' })).toEqual({
    mode: 'serve',
    port: 80,
    host: '0.0.0.0',
    logLevel: 'info',
    data: { kind: 'folder', folder: '/srv/holdfast' },
    publicUrl: 'https://book.example.com',
    trustProxy: 1,
    key: Buffer.alloc(32, 3),
  });
});

test('everything that is missing or wrong is said at once, each by its name', () => {
  const problems = problemsOf('serve', { PORT: '99999', TRUST_PROXY: 'true' });
  expect(problems.map((problem) => problem.split(/[ :]/)[0])).toEqual(['PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'HOLDFAST_KEY', 'DATABASE_URL']);
  for (const problem of problems) expect(problem).toMatch(/\.$/);
});

test.each(['-1', '65536', '3e3', 'http', ' 80', '0x50', '80.5'])('PORT "%s" is refused', (PORT) => {
  expect(problemsOf('start', { PORT })).toEqual([expect.stringContaining('PORT must be a whole number')]);
});

test('PORT 0 asks for any free one', () => {
  expect(readConfig('start', { PORT: '0' }).port).toBe(0);
});

test.each([
  ['https://book.example.com/', 'https://book.example.com'],
  ['HTTPS://Book.Example.COM:443', 'https://book.example.com'],
  ['https://book.example.com:8443', 'https://book.example.com:8443'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['https://кав.example', 'https://xn--80aew.example'],
])('PUBLIC_URL %s becomes %s', (PUBLIC_URL, origin) => {
  expect(readConfig('serve', { ...real, PUBLIC_URL }).publicUrl).toBe(origin);
});

test.each([
  'book.example.com',
  'https://',
  'http://book.example.com',
  'http://localhost.example.com',
  'http://10.0.0.1',
  'https://book.example.com/salon',
  'https://book.example.com/?a=1',
  'https://me:secret@book.example.com',
  'ftp://book.example.com',
  'javascript:alert(1)',
])('PUBLIC_URL %s is refused', (PUBLIC_URL) => {
  expect(problemsOf('serve', { ...real, PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL must/)]);
});

test.each([
  ['false', false],
  ['0', false],
  ['2', 2],
  ['10.0.0.1', ['10.0.0.1']],
  ['10.0.0.0/8, ::1 ,loopback', ['10.0.0.0/8', '::1', 'loopback']],
])('TRUST_PROXY %s is understood', (TRUST_PROXY, meaning) => {
  expect(readConfig('serve', { ...real, TRUST_PROXY }).trustProxy).toEqual(meaning);
});

// "true" would believe whatever a client says about its own address
test.each(['true', '10', '10.0.0.1/33', '10.0.0.1,', 'proxy.local', '-1', '10.0.0.0/8/8'])('TRUST_PROXY "%s" is refused', (TRUST_PROXY) => {
  expect(problemsOf('serve', { ...real, TRUST_PROXY })).toEqual([expect.stringMatching(/^TRUST_PROXY must/)]);
});

test.each(['short', Buffer.alloc(31).toString('base64')])('the key "%s" is refused and not repeated', (HOLDFAST_KEY) => {
  const [problem] = problemsOf('serve', { ...real, HOLDFAST_KEY });
  expect(problem).toMatch(/^HOLDFAST_KEY: /);
  expect(problem).not.toContain(HOLDFAST_KEY);
});

test('a wrong DATABASE_URL is refused without repeating its password', () => {
  expect(problemsOf('start', { DATABASE_URL: 'mysql://root:hunter2@db/x' })).toEqual([expect.not.stringContaining('hunter2')]);
  expect(problemsOf('start', { DATABASE_URL: 'nonsense', LOG_LEVEL: 'loud' })).toHaveLength(2);
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { readImports } from './read-imports.ts';
import { findViolations } from './room-rules.ts';

const built: string[] = [];
afterEach(() => {
  for (const folder of built.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository with just these files. */
function build(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-rooms-'));
  built.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const violationsOf = (files: Readonly<Record<string, string>>) => findViolations(readImports(build(files)));
const rulesOf = (files: Readonly<Record<string, string>>) => violationsOf(files).map(({ rule }) => rule);
/** Files below apps/server/src. */
const inServer = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`apps/server/src/${file}`, text]));
const inPackages = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`packages/${file}`, text]));

test('a house in order has nothing to complain about', () => {
  const files = {
    'main.ts': "import './app.ts'; import { holdTime } from './booking/hold-time.ts'; holdTime();",
    'app.ts': "import { routes } from './booking/routes.ts'; routes();",
    'booking/hold-time.ts': "import { pay } from '../payments/pay.ts'; import { find } from './store.ts'; import '@holdfast/contract/money';",
    'booking/store.ts': 'export const find = 1;',
    'booking/routes.ts': 'export const routes = () => {};',
    'booking/hold-time.test.ts': "import '../payments/store.ts'; import '../testing/test-database.ts';",
    'payments/pay.ts': "import '../ledger/post.ts'; import '../kit/clock.ts';",
    'payments/store.ts': '',
    'ledger/post.ts': "import '../kit/clock.ts';",
    'kit/clock.ts': '',
    'testing/test-database.ts': "import '../booking/store.ts';",
  };
  expect(violationsOf(inServer(files))).toEqual([]);
});

describe('two rooms cannot lean on each other', () => {
  test('directly', () => {
    const [violation, ...others] = violationsOf(
      inServer({ 'events/a.ts': "import '../messages/b.ts';", 'messages/b.ts': "import '../events/c.ts';", 'events/c.ts': '' }),
    );
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      rule: 'cycle',
      message: expect.stringContaining('apps/server/src/messages/b.ts imports apps/server/src/events/c.ts'),
    });
  });

  test('nor by way of a third', () => {
    const files = {
      'events/a.ts': "import '../messages/b.ts';",
      'messages/b.ts': "import '../channels/c.ts';",
      'channels/c.ts': "import '../events/a.ts';",
    };
    expect(rulesOf(inServer(files))).toEqual(['cycle']);
  });

  test.each([
    ['a type', "import type { A } from '../events/a.ts';"],
    ['a type inside a type', "export type B = import('../events/a.ts').A;"],
    ['what is loaded later', "export const later = () => import('../events/a.ts');"],
    ['what is passed on', "export { a } from '../events/a.ts';"],
    ['all that is passed on', "export * from '../events/a.ts';"],
    ['the package by its name', "import '@holdfast/server/events/a';"],
  ])('by %s', (_how, text) => {
    expect(rulesOf(inServer({ 'events/a.ts': "import '../messages/b.ts';", 'messages/b.ts': text }))).toEqual(['cycle']);
  });
});

describe('a room keeps to itself', () => {
  test.each(['store.ts', 'store-holds.ts', 'routes.ts', 'routes-admin.ts', 'client-routes.ts', 'hold-store.ts'])('its %s', (file) => {
    expect(rulesOf(inServer({ 'desk/a.ts': `import '../messages/${file}';`, [`messages/${file}`]: '' }))).toEqual(['private']);
  });

  test('its store even from who puts the house together', () => {
    expect(rulesOf(inServer({ 'app.ts': "import './messages/store.ts';", 'messages/store.ts': '' }))).toEqual(['private']);
  });

  test('but not a file whose name only looks like it', () => {
    expect(rulesOf(inServer({ 'desk/a.ts': "import '../messages/restore-time.ts';", 'messages/restore-time.ts': '' }))).toEqual([]);
  });
});

describe('who leans on whom', () => {
  test('the ledger never leans on payments', () => {
    expect(rulesOf(inServer({ 'ledger/post.ts': "import '../payments/pay.ts';", 'payments/pay.ts': '' }))).toEqual(['floor']);
  });

  test('payments know no booking', () => {
    expect(rulesOf(inServer({ 'payments/pay.ts': "import type { B } from '../booking/b.ts';", 'booking/b.ts': '' }))).toContain('floor');
  });

  test('nothing leans on booking but the house, the demo and those who look after it', () => {
    const files = {
      'booking/b.ts': '',
      'demo/d.ts': "import '../booking/b.ts';",
      'main.ts': "import './booking/b.ts';",
      'channels/m.ts': "import '../booking/b.ts';",
    };
    expect(violationsOf(inServer(files))).toEqual([{ rule: 'floor', message: expect.stringContaining('channels/m.ts') }]);
  });

  test('kit knows no room', () => {
    expect(rulesOf(inServer({ 'kit/http.ts': "import '../access/scope.ts';", 'access/scope.ts': '' }))).toEqual(['foundation']);
  });

  test('a room does not know who puts the house together', () => {
    expect(rulesOf(inServer({ 'desk/a.ts': "import '../app.ts';", 'app.ts': '' }))).toEqual(['foundation']);
  });

  test('but the demo may make a house of its own', () => {
    expect(rulesOf(inServer({ 'demo/a.ts': "import '../app.ts';", 'app.ts': '' }))).toEqual([]);
  });

  test('and so may the simulator, which is nobody else’s ground to build on', () => {
    expect(rulesOf(inServer({ 'simulator/a.ts': "import '../app.ts'; import '../booking/b.ts';", 'app.ts': '', 'booking/b.ts': '' }))).toEqual([]);
    expect(rulesOf(inServer({ 'simulator/a.ts': "import '../payments/store.ts';", 'payments/store.ts': '' }))).toEqual(['private']);
  });

  test('what is made for tests stays with tests', () => {
    expect(rulesOf(inServer({ 'demo/a.ts': "import '../testing/start-postgres.ts';", 'testing/start-postgres.ts': '' }))).toEqual(['testing']);
  });
});

describe('packages and browsers', () => {
  test('the contract leans on nothing of ours', () => {
    expect(rulesOf(inPackages({ 'contract/src/a.ts': "import '../../providers/src/b.ts';", 'providers/src/b.ts': '' }))).toEqual(['package']);
  });

  test('providers import only the contract', () => {
    const files = {
      'packages/providers/src/a.ts': "import '@holdfast/server/kit/clock'; import '@holdfast/contract/money';",
      'apps/server/src/kit/clock.ts': '',
    };
    expect(rulesOf(files)).toEqual(['package']);
  });

  test('the server does not import the widget', () => {
    expect(
      rulesOf({ 'apps/server/src/kit/a.ts': "import '../../../widget/src/main.tsx';", 'apps/widget/src/main.tsx': 'export const a = <p>hello</p>;' }),
    ).toEqual(['package']);
  });

  test('the widget imports only the contract', () => {
    expect(
      rulesOf({
        'apps/widget/src/main.tsx': "import type { A } from '@holdfast/providers/stripe/stripe';",
        'packages/providers/src/stripe/stripe.ts': '',
      }),
    ).toEqual(['package']);
  });

  const contract = inPackages({
    'contract/src/shapes.ts': "import { z } from 'zod'; import './plain.ts';",
    'contract/src/plain.ts': "import type { Shape } from './shapes.ts';",
    'contract/src/detour.ts': "export * from './shapes.ts';",
  });
  test.each([
    ['a type of a zod module', "import type { Shape } from '@holdfast/contract/shapes';", []],
    ['code that never loads zod', "import { plain } from '@holdfast/contract/plain';", []],
    ['code of a zod module', "import { shape } from '@holdfast/contract/shapes';", ['widget']],
    ['code that loads zod by a detour', "import { shape } from '@holdfast/contract/detour';", ['widget']],
    ['an import that is emptied of its types but still loads', "import { type Shape } from '@holdfast/contract/shapes';", ['widget']],
  ])('the widget and %s', (_what, text, rules) => {
    expect(rulesOf({ ...contract, 'apps/widget/src/main.tsx': text })).toEqual(rules);
  });
});

describe('a sandbox and its adapter are written by two hands', () => {
  test.each([
    ['the sandbox reads the adapter', { 'sandbox.ts': "import './stripe.ts';", 'stripe.ts': '' }],
    ['the sandbox reads the wire shapes', { 'sandbox/server.ts': "import type { Wire } from '../wire.ts';", 'wire.ts': '' }],
    ['the adapter reads the sandbox', { 'stripe.ts': "import './sandbox/server.ts';", 'sandbox/server.ts': '' }],
    ['one reads the other by a detour', { 'stripe.ts': "import '../list.ts';", '../list.ts': "import './stripe/sandbox.ts';", 'sandbox.ts': '' }],
    ['the adapter reads what sandboxes share', { 'stripe.ts': "import '../sandbox-kit/page.ts';", '../sandbox-kit/page.ts': '' }],
    ['the sandbox reads what adapters share', { 'sandbox/money.ts': "import '../../kit/decimal.ts';", '../kit/decimal.ts': '' }],
    ['what adapters share reads what sandboxes share', { '../kit/decimal.ts': "import '../sandbox-kit/page.ts';", '../sandbox-kit/page.ts': '' }],
  ])('%s', (_how, files) => {
    expect(
      rulesOf(inPackages(Object.fromEntries(Object.entries(files).map(([file, text]) => [join('providers/src/stripe', file), text as string])))),
    ).toEqual(['two-hands']);
  });

  test('both may use the interface, and their test both of them', () => {
    const files = {
      'payment-provider.ts': '',
      'stripe/stripe.ts': "import '../payment-provider.ts'; import '../kit/decimal.ts';",
      'kit/decimal.ts': "import '../payment-provider.ts';",
      'stripe/sandbox.ts': "import '../payment-provider.ts'; import '../sandbox-kit/page.ts';",
      'sandbox-kit/page.ts': '',
      'stripe/stripe.test.ts': "import './stripe.ts'; import './sandbox.ts';",
    };
    expect(rulesOf(inPackages(Object.fromEntries(Object.entries(files).map(([file, text]) => [`providers/src/${file}`, text]))))).toEqual([]);
  });
});

describe('the command', () => {
  const command = async (root: string) => {
    const script = fileURLToPath(new URL('rooms.ts', import.meta.url));
    try {
      return { code: 0, said: (await promisify(execFile)(process.execPath, [script, root])).stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, said: stdout + stderr };
    }
  };

  test('says how much it has read', async () => {
    const root = build(inServer({ 'kit/a.ts': "import './b.ts';", 'kit/b.ts': "import 'node:fs';" }));
    expect(await command(root)).toEqual({ code: 0, said: 'rooms: read 2 files with 2 imports, 1 of them of our own files\n' });
  });

  test('fails when a rule is broken', async () => {
    const { code, said } = await command(build(inServer({ 'kit/a.ts': "import '../desk/b.ts';", 'desk/b.ts': '' })));
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('kit knows no room') });
  });

  test('fails when it has read nothing', async () => {
    expect(await command(build({ 'README.md': '' }))).toMatchObject({ code: 1, said: expect.stringContaining('too little') });
  });

  test('fails when a file cannot be read as TypeScript', async () => {
    expect(await command(build(inServer({ 'kit/a.ts': "import { from './b.ts';" })))).toMatchObject({
      code: 1,
      said: expect.stringContaining('cannot be parsed'),
    });
  });
});

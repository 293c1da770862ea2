import type { Import, Source } from './read-imports.ts';

export interface Violation {
  readonly rule: 'cycle' | 'private' | 'floor' | 'foundation' | 'testing' | 'package' | 'widget' | 'two-hands';
  readonly message: string;
}

/** Everything in these files that the house rules forbid. rooms.test.ts shows each of them broken. */
export function findViolations({ imports }: Source): readonly Violation[] {
  // tests may look into every drawer, and so may what exists for them only
  const product = imports.filter(({ from, ours }) => ours && !isForTests(from));
  return [...product.flatMap(wrongImport), ...roomCycles(product), ...widgetImports(product, imports), ...twoHands(product)];
}

/** What these rooms may lean on besides `kit` and `access`. A room that is not named here may lean on any, as long as nothing leans in a circle. */
const mayLeanOn: Readonly<Record<string, readonly string[]>> = {
  ledger: [],
  clients: [],
  catalog: [],
  payments: ['ledger', 'clients'],
  schedule: ['catalog'],
  accounts: ['payments', 'ledger', 'clients'],
  // payments, because a blocked prefix stands in Needs attention
  confirmations: ['payments', 'clients'],
  // the ledger, because what a visit has earned is posted there by whoever knows that it is over
  booking: ['accounts', 'payments', 'ledger', 'confirmations', 'schedule', 'catalog', 'clients'],
};

/** These rooms are nobody's ground: only who puts the house together, shows it or looks after it comes in. */
const mayBeUsedBy: Readonly<Record<string, readonly string[]>> = {
  booking: [
    'events',
    'waiting',
    'demo',
    'ops',
    'simulator',
    'desk',
    'attention',
    'refunds',
    'finance',
    'reports',
    'reconciliation',
    'receipts',
    'messages',
    'setup',
    'links',
    'analytics',
    'imports',
  ],
};

/** These make a whole house of their own: to show one, to look after one, or to try in one what might happen. */
const builders: readonly string[] = ['demo', 'ops', 'simulator'];

function wrongImport({ from, to }: Import): Violation[] {
  const arrow = `${from} → ${to}`;
  const here = roomOf(from);
  const there = roomOf(to);
  const found: Violation[] = [];
  if (isForTests(to)) found.push({ rule: 'testing', message: `${arrow}: only tests import what is made for tests` });
  if (from.startsWith('packages/contract/') && !to.startsWith('packages/contract/'))
    found.push({ rule: 'package', message: `${arrow}: the contract leans on nothing of ours` });
  if (from.startsWith('packages/providers/') && !/^packages\/(contract|providers)\//.test(to)) {
    found.push({ rule: 'package', message: `${arrow}: providers import only the contract` });
  }
  const app = /^apps\/(widget|admin)\//.exec(/\/src\//.test(from) ? from : '')?.[0];
  if (app && !to.startsWith(app) && !to.startsWith('packages/contract/'))
    found.push({ rule: 'package', message: `${arrow}: browsers import only the contract` });
  if (here === undefined) return found;
  if (!/^(apps\/server|packages\/(contract|providers))\//.test(to))
    found.push({ rule: 'package', message: `${arrow}: the server imports only the contract and providers` });
  if (there === undefined || there === '' || there === here) {
    if (there === '' && here !== '' && !builders.includes(here))
      found.push({ rule: 'foundation', message: `${arrow}: a room does not know who puts the house together` });
    return found;
  }
  if (isNamed(to, 'store')) found.push({ rule: 'private', message: `${arrow}: a room's store is its own` });
  if (isNamed(to, 'routes') && here !== '') found.push({ rule: 'private', message: `${arrow}: only app.ts and main.ts mount routes` });
  if (here === '') return found;
  if (here === 'kit') found.push({ rule: 'foundation', message: `${arrow}: kit knows no room` });
  const ground = mayLeanOn[here];
  if (ground && ![...ground, 'kit', 'access'].includes(there)) found.push({ rule: 'floor', message: `${arrow}: ${here} does not lean on ${there}` });
  const users = mayBeUsedBy[there];
  if (users && !users.includes(here)) found.push({ rule: 'floor', message: `${arrow}: nothing leans on ${there} but ${users.join(', ')}` });
  return found;
}

/** Types count: two rooms that need each other's words are one room. Each circle is told once, with one import for each of its steps. */
function roomCycles(imports: readonly Import[]): Violation[] {
  const example = new Map<string, Map<string, Import>>();
  for (const one of imports) {
    const [here, there] = [roomOf(one.from), roomOf(one.to)];
    if (!here || !there || here === there) continue;
    const steps = example.get(here) ?? new Map<string, Import>();
    if (!steps.has(there)) steps.set(there, one);
    example.set(here, steps);
  }
  const cycles = new Map<string, Violation>();
  for (const start of example.keys()) {
    const way = shortestWay(start, start, (room) => [...(example.get(room)?.keys() ?? [])]);
    if (!way) continue;
    const name = [...new Set(way)].sort().join(' ');
    const steps = way.slice(1).map((room, index) => example.get(way[index] ?? '')?.get(room));
    if (!cycles.has(name)) {
      cycles.set(name, { rule: 'cycle', message: `${way.join(' → ')}: ${steps.map((step) => `${step?.from} imports ${step?.to}`).join(', ')}` });
    }
  }
  return [...cycles.values()];
}

/** zod alone is larger than the widget may be: a browser takes types from the contract, and code only from modules that never load zod. */
function widgetImports(product: readonly Import[], all: readonly Import[]): Violation[] {
  const loads = (file: string) => all.filter(({ from, typeOnly }) => from === file && !typeOnly).map(({ to }) => to);
  return product.flatMap(({ from, to, typeOnly }) => {
    if (!/^apps\/(widget|admin)\//.test(from) || !to.startsWith('packages/contract/') || typeOnly) return [];
    const way = shortestWay(to, 'zod', loads);
    return way ? [{ rule: 'widget' as const, message: `${from} → ${way.join(' → ')}: this would send zod to the browser (import type?)` }] : [];
  });
}

/**
 * A sandbox and its adapter are written apart, each from the provider's documentation: one misunderstanding in both would prove nothing. What adapters
 * share (`kit`) is of the adapters' hand, what sandboxes share (`sandbox-kit`) of the other one.
 */
function twoHands(imports: readonly Import[]): Violation[] {
  const leansOn = (file: string) => imports.filter(({ from }) => from === file).map(({ to }) => to);
  return [...new Set(imports.map(({ from }) => from))].flatMap((file) => {
    const side = sideOf(file);
    if (!side || side.provider === 'sandbox-kit') return [];
    const other = (to: string) => {
      const found = sideOf(to);
      return found !== undefined && found.hand !== side.hand && [side.provider, 'sandbox-kit', 'kit'].includes(found.provider);
    };
    const way = shortestWay(file, other, leansOn);
    return way ? [{ rule: 'two-hands' as const, message: `${way.join(' → ')}: a sandbox and its adapter do not import each other` }] : [];
  });
}

function sideOf(file: string): { provider: string; hand: 'sandbox' | 'adapter' } | undefined {
  const [, provider, inside] = /^packages\/providers\/src\/([^/]+)\/(.+)$/.exec(file) ?? [];
  if (!provider || !inside) return undefined;
  return { provider, hand: provider === 'sandbox-kit' || inside.startsWith('sandbox') ? 'sandbox' : 'adapter' };
}

/** The folder of apps/server/src in which a file lives; '' for main.ts and its like, undefined outside the server. */
function roomOf(file: string): string | undefined {
  const [, path] = /^apps\/server\/src\/(.+)$/.exec(file) ?? [];
  if (path === undefined) return undefined;
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function isForTests(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.includes('/testing/');
}

function isNamed(file: string, name: 'store' | 'routes'): boolean {
  return new RegExp(`(^|[/-])${name}([-.][^/]*)?\\.tsx?$`).test(file);
}

/** Breadth first, at least one step long. `goal` is a name or a question. */
function shortestWay(start: string, goal: string | ((name: string) => boolean), next: (name: string) => readonly string[]): string[] | undefined {
  const isGoal = typeof goal === 'string' ? (name: string) => name === goal : goal;
  const seen = new Set<string>();
  let ways: string[][] = [[start]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const name of next(way.at(-1) ?? start)) {
        if (isGoal(name)) return [...way, name];
        if (seen.has(name)) continue;
        seen.add(name);
        longer.push([...way, name]);
      }
    }
    ways = longer;
  }
  return undefined;
}

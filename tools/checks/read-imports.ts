import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** Paths from the root of the repository, with forward slashes. */
  readonly from: string;
  /** A file of this repository, or the name of a package as it is written. */
  readonly to: string;
  readonly ours: boolean;
  /** `import type`: gone when the program runs. `import { type A }` is not: the module is still loaded. */
  readonly typeOnly: boolean;
}

export interface Source {
  readonly files: readonly string[];
  readonly imports: readonly Import[];
}

const packages: Readonly<Record<string, string>> = {
  '@holdfast/contract/': 'packages/contract/src/',
  '@holdfast/providers/': 'packages/providers/src/',
  '@holdfast/server/': 'apps/server/src/',
};

/** Every import of every TypeScript file of the repository, read by a real parser. Throws for a file that cannot be parsed. */
export function readImports(root: string): Source {
  const files = globSync(['apps/*/**/*.{ts,tsx}', 'packages/*/**/*.{ts,tsx}'], {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name),
  })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  return { files, imports: files.flatMap((file) => importsOf(root, file)) };
}

function importsOf(root: string, file: string): Import[] {
  const { program, errors } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Import[] = [];
  walk(program, (node) => {
    const wanted = specifierOf(node);
    if (wanted !== undefined) found.push({ from: file, ...resolved(root, file, wanted.specifier), typeOnly: wanted.typeOnly });
  });
  return found;
}

type Node = Readonly<Record<string, unknown>>;

function specifierOf(node: Node): { specifier: string; typeOnly: boolean } | undefined {
  const { type, source } = node;
  const specifier = isNode(source) ? source['value'] : undefined;
  if (typeof specifier !== 'string') return undefined;
  if (type === 'ImportDeclaration') return { specifier, typeOnly: node['importKind'] === 'type' };
  if (type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') return { specifier, typeOnly: node['exportKind'] === 'type' };
  if (type === 'ImportExpression') return { specifier, typeOnly: false };
  // import('./x.ts').Y, in a type
  if (type === 'TSImportType') return { specifier, typeOnly: true };
  return undefined;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    visit(value);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolved(root: string, from: string, specifier: string): { to: string; ours: boolean } {
  if (specifier.startsWith('.')) return { to: normalize(join(dirname(from), specifier)).replaceAll('\\', '/'), ours: true };
  for (const [prefix, folder] of Object.entries(packages)) {
    if (!specifier.startsWith(prefix)) continue;
    const path = folder + specifier.slice(prefix.length);
    return { to: [`${path}.ts`, `${path}.tsx`].find((file) => existsSync(join(root, file))) ?? path, ours: true };
  }
  return { to: specifier, ours: false };
}

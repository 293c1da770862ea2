import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

export interface Part {
  readonly name: string;
  /** Arguments for Node. */
  readonly command: readonly string[];
}

/** Everything that is checked without running the product, quickest first. */
export function staticChecks(): readonly Part[] {
  return [
    { name: 'format and lint (Biome)', command: [programOf('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'] },
    { name: 'rooms', command: ['tools/checks/rooms.ts'] },
    { name: 'types', command: [programOf('typescript', 'bin/tsc'), '-p', '.'] },
    ...['widget', 'admin'].map((app) => ({
      name: `types of the ${app}`,
      command: [programOf('typescript', 'bin/tsc'), '-p', join('apps', app, 'tsconfig.json'), '--noEmit'],
    })),
    { name: 'promises and types (oxlint)', command: [programOf('oxlint', 'bin/oxlint'), '--report-unused-disable-directives'] },
    { name: 'unused code and dependencies (knip)', command: [programOf('knip', 'bin/knip.js')] },
  ];
}

/** Started by file, never through node_modules/.bin: those are shell scripts on Windows, and would pick the Node of PATH. */
export function programOf(packageName: string, file: string): string {
  return join(projectFolder, 'node_modules', packageName, file);
}

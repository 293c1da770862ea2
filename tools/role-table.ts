import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRoleNames, builtInRoles, type Right, rights } from '@holdfast/contract/rights';
import texts from '@holdfast/contract/texts/admin/users/en.json' with { type: 'json' };

const GUIDE = fileURLToPath(new URL('../docs/guides/roles.md', import.meta.url));

/** What each built-in role allows, as the guide shows it. */
export function roleTable(): string {
  const words: Readonly<Record<string, unknown>> = texts;
  const heading = ['', ...builtInRoleNames.map((role) => String(words[`users.role.${role}`]))];
  const rows = rights.map((right) => [
    `${String(words[`users.right.${right}`])} (\`${right}\`)`,
    ...builtInRoleNames.map((role) => ((builtInRoles[role] as readonly Right[]).includes(right) ? 'yes' : '')),
  ]);
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** The guide with the table as it has to be now. */
export function currentGuide(guide = readFileSync(GUIDE, 'utf8')): string {
  return guide.replace(/(<!-- made by [^>]*-->\n)[\s\S]*?(<!-- end -->)/, (_, before: string, after: string) => `${before}${roleTable()}${after}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(GUIDE, currentGuide());

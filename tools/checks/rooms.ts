import { resolve } from 'node:path';
import { readImports } from './read-imports.ts';
import { findViolations } from './room-rules.ts';

/** `node tools/checks/rooms.ts [folder]`: fails when a room leans where it must not. Says how much it read: a check that reads nothing is green too. */
const source = readImports(resolve(process.argv[2] ?? '.'));
const ours = source.imports.filter(({ ours: inside }) => inside);
console.log(`rooms: read ${source.files.length} files with ${source.imports.length} imports, ${ours.length} of them of our own files`);
const violations = findViolations(source);
for (const { rule, message } of violations) console.log(`${rule}: ${message}`);
if (violations.length > 0) console.log(`${violations.length} imports break the rules`);
if (ours.length === 0) console.log('That is too little to have checked anything.');
if (violations.length > 0 || ours.length === 0) process.exitCode = 1;

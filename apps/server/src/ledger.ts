import { type LedgerCommand, readCommand, usage } from './ops/ledger-command.ts';

/**
 * `npm run ledger -- export FILE` writes the books into a file, `npm run ledger -- verify FILE` says whether they are whole. Verifying loads nothing that
 * could open a database: it believes nobody but the file.
 */
async function main(args: readonly string[]): Promise<number> {
  const command: LedgerCommand | undefined = readCommand(args);
  if (!command) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  if (command.deed === 'verify') return (await import('./ops/verify-ledger.ts')).verifyLedger(command);
  return (await import('./ops/export-ledger.ts')).exportLedger(command);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);

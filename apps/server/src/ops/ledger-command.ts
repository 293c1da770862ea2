import { parseArgs } from 'node:util';

export type LedgerCommand =
  | { readonly deed: 'export'; readonly file: string; readonly chain: string | undefined; readonly locations: readonly string[] }
  | { readonly deed: 'verify'; readonly file: string; readonly heads: readonly string[] };

export const usage = `Say what to do:
  npm run ledger -- export FILE [--chain CHAIN] [--location LOCATION]…   writes the books of a chain (or some of its locations) into a new file
  npm run ledger -- verify FILE [--head HASH]…                           says whether they are whole: 0 yes, 1 no, 2 it could not be read
CHAIN and LOCATION are ids or the names in their addresses; HASH is one that was noted earlier and has to be in there.`;

/** What was asked for; undefined: nothing that can be done. */
export function readCommand(args: readonly string[]): LedgerCommand | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { chain: { type: 'string' }, location: { type: 'string', multiple: true }, head: { type: 'string', multiple: true } },
    });
    const [deed, file, ...more] = positionals;
    if (file === undefined || more.length > 0) return undefined;
    if (deed === 'export' && !values.head) return { deed, file, chain: values.chain, locations: values.location ?? [] };
    if (deed !== 'verify' || values.chain !== undefined || values.location) return undefined;
    const heads = (values.head ?? []).map((hash) => hash.toLowerCase());
    return heads.every((hash) => /^[0-9a-f]{64}$/.test(hash)) ? { deed, file, heads } : undefined;
  } catch {
    return undefined;
  }
}

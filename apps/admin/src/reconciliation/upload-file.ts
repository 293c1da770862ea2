import type { SettlementImport } from '@holdfast/contract/reconciliation';
import { ask, at } from '../api.ts';
import { randomKey } from '../checkout/payment-key.ts';

/** At most this many bytes of the file at once, as the server takes them. */
const PART_BYTES = 512 * 1024;

/** Brings a file piece by piece, so that neither side ever holds all of it. Answers its import. `said` hears how much of it has come, 0 to 1. */
export async function uploadFile(locationId: string, connectionId: string, file: File, said: (share: number) => void): Promise<SettlementImport> {
  const id = `imp_${randomKey()}`;
  const parts = Math.max(1, Math.ceil(file.size / PART_BYTES));
  const wish = { id, connectionId, fileName: file.name.slice(0, 200), bytes: file.size, parts };
  const made = await ask<SettlementImport>('POST', at(locationId, 'reconciliation', 'imports'), wish);
  for (let no = 0; no < parts; no++) {
    const bytes = new Uint8Array(await file.slice(no * PART_BYTES, (no + 1) * PART_BYTES).arrayBuffer());
    await ask('PUT', at(locationId, 'reconciliation', 'imports', id, 'parts', String(no)), { base64: base64Of(bytes) }, undefined, 120_000);
    said((no + 1) / parts);
  }
  return made;
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // as many at once as a call takes arguments
  for (let start = 0; start < bytes.length; start += 8_192) text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  return btoa(text);
}

import type { SettlementImport } from '@holdfast/contract/reconciliation';
import { ask, at } from '../api.ts';
import { randomKey } from '../checkout/payment-key.ts';
import { bringParts } from '../frame/bring-parts.ts';

/** Brings a provider's or bank's file. Answers its import. `said` hears how much of it has come, 0 to 1. */
export async function uploadFile(locationId: string, connectionId: string, file: File, said: (share: number) => void): Promise<SettlementImport> {
  const id = `imp_${randomKey()}`;
  return bringParts(file, {
    begin: (parts) =>
      ask<SettlementImport>('POST', at(locationId, 'reconciliation', 'imports'), {
        id,
        connectionId,
        fileName: file.name.slice(0, 200),
        bytes: file.size,
        parts,
      }),
    bring: async (no, base64) => {
      await ask('PUT', at(locationId, 'reconciliation', 'imports', id, 'parts', String(no)), { base64 }, undefined, 120_000);
    },
    said,
  });
}

import type { ImportDetail, ImportMapping, ImportPreview } from '@holdfast/contract/reconciliation';
import type { StaffUser } from '../../testing/sign-in-as.ts';
import type { TestApp } from '../../testing/test-app.ts';

let files = 0;
const PART = 400_000;

/** Brings a file as the screen does, and answers what it is taken for. */
export async function bringFile(app: TestApp, user: StaffUser, content: string | Uint8Array, fileName = 'file.csv') {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const id = `imp_${String(++files).padStart(32, '0')}`;
  const parts = Math.max(1, Math.ceil(bytes.length / PART));
  await user.here('POST', 'reconciliation/imports', { id, connectionId: app.connectionId, fileName, bytes: bytes.length, parts });
  for (let no = 0; no < parts; no++) {
    const base64 = Buffer.from(bytes.subarray(no * PART, (no + 1) * PART)).toString('base64');
    await user.here('PUT', `reconciliation/imports/${id}/parts/${no}`, { base64 });
  }
  return { id, preview: await user.here<ImportPreview>('GET', `reconciliation/imports/${id}/preview`) };
}

/** Brings it and reads it with what was guessed, or with something said instead. */
export async function importFile(
  app: TestApp,
  user: StaffUser,
  content: string | Uint8Array,
  instead: Partial<ImportMapping> = {},
): Promise<ImportDetail> {
  const { id, preview } = await bringFile(app, user, content);
  await user.here('POST', `reconciliation/imports/${id}/reading`, { mapping: { ...preview.body.mapping, ...instead }, registerId: null });
  await app.background.settleDown();
  return (await user.here<ImportDetail>('GET', `reconciliation/imports/${id}`)).body;
}

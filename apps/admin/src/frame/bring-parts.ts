/** At most this many bytes of a file at once, as the server takes them. */
const PART_BYTES = 512 * 1024;

/** Brings a file piece by piece, so that neither side ever holds all of it. `said` hears how much of it has come, 0 to 1. Answers what `begin` answered. */
export async function bringParts<Begun>(
  file: File,
  steps: { begin: (parts: number) => Promise<Begun>; bring: (no: number, base64: string) => Promise<void>; said: (share: number) => void },
): Promise<Begun> {
  const parts = Math.max(1, Math.ceil(file.size / PART_BYTES));
  const begun = await steps.begin(parts);
  for (let no = 0; no < parts; no++) {
    const bytes = new Uint8Array(await file.slice(no * PART_BYTES, (no + 1) * PART_BYTES).arrayBuffer());
    await steps.bring(no, base64Of(bytes));
    steps.said((no + 1) / parts);
  }
  return begun;
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // as many at once as a call takes arguments
  for (let start = 0; start < bytes.length; start += 8_192) text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  return btoa(text);
}

/**
 * Puts a text that is still to come onto the clipboard. Some browsers allow it only within the click itself, so the promise is handed over and the
 * waiting is theirs. False: the browser refuses (no https, no permission), and the text has to be copied by hand. Throws what the promise throws.
 */
export async function copyText(coming: Promise<string>): Promise<boolean> {
  const copied = startCopying(coming).then(
    () => true,
    () => false,
  );
  const text = await coming;
  return (await copied) || (await writePlainly(text));
}

async function startCopying(coming: Promise<string>): Promise<void> {
  if (!navigator.clipboard?.write || typeof ClipboardItem === 'undefined') throw new Error('no clipboard for a text that is still to come');
  const item = new ClipboardItem({ 'text/plain': coming.then((text) => new Blob([text], { type: 'text/plain' })) });
  await navigator.clipboard.write([item]);
}

async function writePlainly(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

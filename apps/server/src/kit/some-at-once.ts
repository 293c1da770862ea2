/** Does the deed for every item, at most `atOnce` at the same time, so that a slow one does not hold up the others. Rejects with the first that failed. */
export async function someAtOnce<T>(items: readonly T[], atOnce: number, deed: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await deed(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

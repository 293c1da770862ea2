/** Does the deed when it is its turn: of those of one name at most so many at the same time, in the order in which they came. */
export type FewAtOnce = <T>(name: string, deed: () => Promise<T>) => Promise<T>;

export function fewAtOnce(most: number): FewAtOnce {
  const lines = new Map<string, { underWay: number; readonly waiting: (() => void)[] }>();
  return async (name, deed) => {
    const line = lines.get(name) ?? { underWay: 0, waiting: [] };
    lines.set(name, line);
    // who leaves hands the turn on: it is never free in between
    if (line.underWay < most) line.underWay++;
    else await new Promise<void>((turn) => line.waiting.push(turn));
    try {
      return await deed();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.underWay === 0) lines.delete(name);
    }
  };
}

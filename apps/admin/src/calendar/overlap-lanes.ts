/** Blocks that overlap stand side by side; each says in which lane, and of how many. A block alone has the whole width. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

export function overlapLanes(blocks: readonly { readonly id: string; readonly from: number; readonly to: number }[]): ReadonlyMap<string, Lane> {
  const placed = new Map<string, Lane>();
  let cluster: { id: string; lane: number }[] = [];
  let laneEnds: number[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const { id, lane } of cluster) placed.set(id, { lane, lanes: laneEnds.length });
    [cluster, laneEnds] = [[], []];
  };
  const ordered = blocks.toSorted((a, b) => a.from - b.from || b.to - a.to || (a.id < b.id ? -1 : 1));
  for (const { id, from, to } of ordered) {
    if (from >= clusterEnd) close();
    const free = laneEnds.findIndex((end) => end <= from);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = to;
    cluster.push({ id, lane });
    clusterEnd = cluster.length === 1 ? to : Math.max(clusterEnd, to);
  }
  close();
  return placed;
}

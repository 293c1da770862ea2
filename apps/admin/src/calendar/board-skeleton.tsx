import { Skeleton } from '@mantine/core';
import { useWords } from '../words.tsx';

const columns = [0, 1, 2, 3, 4];

/** The board's outline while it is read for the first time. */
export function BoardSkeleton() {
  const { say } = useWords();
  return (
    <div className="cal-skeleton" role="status" aria-label={say('frame.loading')}>
      {columns.map((column) => (
        <div key={column}>
          <Skeleton height={40} radius="md" />
          <Skeleton height={90 + 30 * (column % 3)} mt={20 + 40 * (column % 2)} radius="sm" />
          <Skeleton height={60} mt={30} radius="sm" />
          <Skeleton height={120} mt={16} radius="sm" />
        </div>
      ))}
    </div>
  );
}

import type { SimulatedFact } from '@holdfast/contract/simulation';
import { useWords } from '../words.tsx';

/** When things happened, drawn: the first quarter of an hour, in which a time is kept, is tinted. The list below says the same in words. */
export function MinuteScale({ facts }: { facts: readonly SimulatedFact[] }) {
  const { say } = useWords();
  const minutes = facts.map(({ atSeconds }) => atSeconds / 60).filter((minute) => minute <= 80);
  const last = Math.max(20, ...minutes) + 2;
  const x = (minute: number) => `${(minute / last) * 100}%`;
  const ticks = [0, 15, 30, 45, 60, 75].filter((minute) => minute <= last);
  return (
    <svg className="hf-scale" aria-hidden="true" focusable="false">
      <rect x="0" y="4" width={x(15)} height="10" rx="3" fill="var(--mantine-primary-color-light)" />
      <line x1="0" y1="9" x2="100%" y2="9" stroke="var(--hf-line)" strokeWidth="2" />
      {ticks.map((minute) => (
        <g key={minute}>
          <line x1={x(minute)} y1="3" x2={x(minute)} y2="15" stroke="var(--mantine-color-dimmed)" />
          <text x={x(minute)} y="30" fontSize="11" textAnchor={minute === 0 ? 'start' : 'middle'} fill="var(--mantine-color-dimmed)">
            {minute === 0 ? '0' : say('simulator.scale', { minutes: minute })}
          </text>
        </g>
      ))}
      {[...new Set(minutes)].map((minute) => (
        <circle key={minute} cx={x(minute)} cy="9" r="4.5" fill="var(--mantine-primary-color-filled)" stroke="var(--hf-surface)" strokeWidth="1.5" />
      ))}
    </svg>
  );
}

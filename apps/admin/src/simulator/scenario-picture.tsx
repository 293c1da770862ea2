import type { ScenarioGroup } from '@holdfast/contract/simulation';
import type { ReactNode } from 'react';

/** A small drawing of a story. It says nothing that its title does not. */
export function ScenarioPicture({ id, group, size = 44 }: { id: string; group: ScenarioGroup; size?: number }) {
  return (
    <svg className="hf-story-picture" width={size} height={size} viewBox="0 0 44 44" aria-hidden="true" focusable="false">
      {drawn[id] ?? ofGroup[group]}
    </svg>
  );
}

/** An envelope with its left upper corner there. */
const letter = (x: number, y: number, how = 'line') => (
  <g key={`${x} ${y}`} className={how} transform={`translate(${x} ${y})`}>
    <rect x="0" y="0" width="17" height="12" rx="2" />
    <path d="M1 2 L8.5 7 L16 2" />
  </g>
);
const arrow = (from: readonly [number, number], to: readonly [number, number], how = 'line') => {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const tip = (turn: number) => `${to[0] - 5 * Math.cos(angle + turn)} ${to[1] - 5 * Math.sin(angle + turn)}`;
  return (
    <path
      key={[...from, ...to].join(' ')}
      className={how}
      d={`M${from[0]} ${from[1]} L${to[0]} ${to[1]} M${tip(0.5)} L${to[0]} ${to[1]} L${tip(-0.5)}`}
    />
  );
};
const person = (x: number, how = 'line') => (
  <g key={x} className={how} transform={`translate(${x} 12)`}>
    <circle cx="7" cy="5" r="4" />
    <path d="M0 20 C0 10 14 10 14 20" />
  </g>
);
const coin = (x: number, y: number, sign: string, how = 'line') => (
  <g key={`${x} ${y}`} className={how}>
    <circle cx={x} cy={y} r="9" />
    <text x={x} y={y + 4} textAnchor="middle">
      {sign}
    </text>
  </g>
);
/** An hour with its kept quarter, and a hand at a minute. */
const dial = (minute: number, more: ReactNode = null) => {
  const angle = (Math.min(minute, 60) / 60) * 2 * Math.PI - Math.PI / 2;
  return (
    <>
      <path className="kept" d="M22 22 L22 6 A16 16 0 0 1 38 22 Z" />
      <circle className="line" cx="22" cy="22" r="16" />
      <path className="strong" d={`M22 22 L${22 + 13 * Math.cos(angle)} ${22 + 13 * Math.sin(angle)}`} />
      {more}
    </>
  );
};
const cross = (x: number, y: number) => <path className="strong" d={`M${x - 4} ${y - 4} L${x + 4} ${y + 4} M${x - 4} ${y + 4} L${x + 4} ${y - 4}`} />;
const plug = (more: ReactNode) => (
  <>
    <path className="line" d="M4 22 H14 M14 16 V28 C22 28 24 26 24 22 C24 18 22 16 14 16 Z M40 22 H34 M34 16 V28" />
    <path className="strong" d="M27 15 L30 20 L27 24 L30 29" />
    {more}
  </>
);

const drawn: Readonly<Record<string, ReactNode>> = {
  webhook_first: [letter(24, 6, 'strong'), arrow([4, 12], [20, 12], 'strong'), person(4), arrow([20, 34], [30, 34])],
  webhook_twice: [letter(4, 6), letter(13, 16), letter(22, 26, 'strong')],
  webhooks_out_of_order: [letter(3, 5), letter(24, 27), arrow([8, 36], [36, 8], 'strong'), arrow([8, 22], [20, 38])],
  webhook_lost: [letter(6, 8), arrow([24, 14], [34, 14]), <g key="x">{cross(36, 30)}</g>],
  redirect_never_returns: [person(15), arrow([36, 38], [36, 12]), <g key="x">{cross(10, 10)}</g>],
  nobody_tells: [letter(4, 6), <g key="x">{cross(12, 12)}</g>, arrow([8, 36], [36, 36], 'strong'), person(26)],
  unknown_reference: [
    coin(14, 28, '€'),
    letter(20, 6),
    <text key="?" className="strong" x="34" y="36">
      {'?'}
    </text>,
  ],
  paid_at_14_59: dial(14.7),
  paid_at_15_30: dial(16.5),
  paid_at_59_00: dial(58),
  paid_at_61_00: dial(61.2, <circle className="line" cx="22" cy="22" r="20" strokeDasharray="3 3" />),
  paid_late_time_free: dial(21),
  paid_late_time_taken: dial(21, <circle className="strong" cx="34" cy="34" r="6" />),
  decided_later: dial(31),
  decided_when_time_is_taken: dial(52, <circle className="strong" cx="34" cy="34" r="6" />),
  wrong_amount: [coin(16, 22, '½', 'strong'), coin(32, 22, '1')],
  wrong_currency: [coin(14, 22, '€'), coin(31, 22, '$', 'strong')],
  reversed_after_success: [coin(22, 16, '€'), <path key="b" className="strong" d="M34 32 H14 M18 28 L14 32 L18 36" />],
  provider_down_at_create: plug(null),
  answer_lost_at_create: plug(<g>{letter(13, 31)}</g>),
  provider_down_at_refund: plug(<path className="strong" d="M34 38 H14 M18 34 L14 38 L18 42" />),
  two_tabs: (
    <>
      <path className="line" d="M6 12 H18 V8 H30 V12 H38 V30 H6 Z" />
      <path className="strong" d="M10 20 H28 V16 H38 V36 H10 Z" />
    </>
  ),
  two_want_the_time: [person(4), person(26, 'strong')],
  cancelled_then_paid: [person(4), coin(32, 30, '€'), <g key="x">{cross(32, 10)}</g>],
};

const ofGroup: Readonly<Record<ScenarioGroup, ReactNode>> = {
  webhooks: letter(13, 16),
  minutes: dial(15),
  wrong_money: coin(22, 22, '?'),
  outages: plug(null),
  people: person(15),
};

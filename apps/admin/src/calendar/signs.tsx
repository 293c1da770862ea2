import {
  type Icon,
  IconCheck,
  IconCircleCheck,
  IconCircleHalf2,
  IconCreditCardPay,
  IconHelpCircle,
  IconHourglass,
  IconMessage,
  IconUserCheck,
  IconUsers,
  IconUserX,
} from '@tabler/icons-react';
import type { Mark } from './block-marks.ts';

const icons: Readonly<Record<Mark, Icon>> = {
  held: IconHourglass,
  waiting: IconHelpCircle,
  confirmed: IconCheck,
  arrived: IconUserCheck,
  no_show: IconUserX,
  paying: IconCreditCardPay,
  paid: IconCircleCheck,
  part_paid: IconCircleHalf2,
  comment: IconMessage,
  any_staff: IconUsers,
};
export const allMarks = Object.keys(icons) as readonly Mark[];

/** Every sign once; hundreds of blocks only point at them, which is much quicker to draw than hundreds of pictures. */
export function SignSheet() {
  return (
    <svg className="cal-sheet" aria-hidden width="0" height="0">
      {allMarks.map((mark) => {
        const Picture = icons[mark];
        return (
          <symbol key={mark} id={`cal-sign-${mark}`} viewBox="0 0 24 24">
            <Picture size={24} stroke={2.2} />
          </symbol>
        );
      })}
    </svg>
  );
}

export function Sign({ mark }: { mark: Mark }) {
  return (
    <svg className="cal-sign" data-mark={mark} aria-hidden>
      <use href={`#cal-sign-${mark}`} />
    </svg>
  );
}

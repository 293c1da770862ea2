import { type CSSProperties, memo } from 'react';
import { useWords } from '../words.tsx';
import { linesIn, markTexts, sideMarks, statusMark } from './block-marks.ts';
import type { PlacedAppointment, TeamMember } from './board-columns.ts';
import { eventIn } from './events-on-board.ts';
import { sayAppointment } from './say-appointment.ts';
import { Sign } from './signs.tsx';
import { TimeLeft } from './time-left.tsx';

interface Props {
  readonly placed: PlacedAppointment;
  readonly staff: TeamMember | undefined;
  readonly timeZone: string;
  /** Pixels of a minute: decides how many lines fit. */
  readonly minute: number;
  readonly active: boolean;
  /** In the whole team's week nothing else says whose it is. */
  readonly showStaff: boolean;
}

/** One appointment on the board. It knows no deeds: the board hears clicks, keys and pointers for all of them. */
export const AppointmentBlock = memo(function AppointmentBlock({ placed, staff, timeZone, minute, active, showStaff }: Props) {
  const words = useWords();
  const { appointment, from, to, busyFrom, busyTo, lane, lanes } = placed;
  const { id, status, startsAt, clientName, serviceNames, holdExpiresAt, payment } = appointment;
  const long = Math.max(to - from, 5);
  const lines = linesIn(long * minute);
  const mark = statusMark(appointment);
  const place = { '--from': from, '--long': long, '--lane': lane, '--lanes': lanes, '--theirs': staff?.color } as CSSProperties;
  const event = eventIn(appointment);
  const services = event ? words.say('calendar.event_places', { taken: event.placesTaken, capacity: event.capacity }) : serviceNames.join(', ');
  return (
    <>
      {(busyFrom < from || busyTo > to) && (
        <div className="cal-buffer" style={{ ...place, '--from': busyFrom, '--long': busyTo - busyFrom } as CSSProperties} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a board is no table of boxes; its rows are the team, its cells their appointments */}
      <div
        role="gridcell"
        className="cal-block"
        data-id={id}
        data-status={mark}
        data-event={event ? '' : undefined}
        data-paying={payment ? '' : undefined}
        data-lines={lines}
        data-theirs={showStaff ? '' : undefined}
        data-tight={lanes > 1 ? '' : undefined}
        tabIndex={active ? 0 : -1}
        style={place}
      >
        <span className="cal-unseen">{sayAppointment(words, timeZone, appointment, staff?.name ?? '')}</span>
        <span className="cal-first" aria-hidden>
          {!event && <Sign mark={mark} />}
          <b>{words.time(startsAt, timeZone)}</b>
          <span className="cal-client">
            {clientName || services}
            {lines === 1 && clientName && <span className="cal-aside"> · {services}</span>}
          </span>
          {sideMarks(appointment).map((one) => (
            <Sign key={one} mark={one} />
          ))}
        </span>
        {lines > 1 && (
          <span className="cal-services" aria-hidden>
            {showStaff && staff ? `${staff.name} · ` : ''}
            {clientName ? services : ''}
          </span>
        )}
        {status === 'held' && holdExpiresAt ? (
          <span className="cal-state" aria-hidden data-short={lines === 1 ? '' : undefined}>
            {lines > 2 ? `${words.say('calendar.held_left')} ` : ''}
            <TimeLeft until={holdExpiresAt} />
          </span>
        ) : (
          lines > 2 &&
          !event && (
            <span className="cal-state" aria-hidden>
              {payment
                ? words.say('calendar.paying_until', { time: words.time(payment.blockedUntil ?? payment.payableUntil, timeZone) })
                : words.say(markTexts[mark])}
            </span>
          )
        )}
        <span className="cal-edge" data-edge="" />
      </div>
    </>
  );
});

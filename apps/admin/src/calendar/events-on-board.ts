import type { Calendar, CalendarAppointment, CalendarEvent } from '@holdfast/contract/calendar';

interface EventBlock extends CalendarAppointment {
  readonly event: CalendarEvent;
}

/**
 * A group event stands on the board as an appointment does: it is dragged, resized and reached by keyboard in the same ways. What is its own is asked by
 * {@link eventIn}.
 */
export function withEvents(board: Calendar): Calendar {
  if (board.events.length === 0) return board;
  return {
    ...board,
    appointments: [...board.appointments, ...board.events.map(blockOf)],
    // the block itself takes that time
    blocks: board.blocks.filter(({ kind }) => kind !== 'event'),
  };
}

export function eventIn(appointment: CalendarAppointment): CalendarEvent | undefined {
  return (appointment as Partial<EventBlock>).event;
}

function blockOf(event: CalendarEvent): EventBlock {
  const { id, version, staffId, startsAt, endsAt, busyFrom, busyTo, title, serviceId } = event;
  return {
    id,
    version,
    staffId,
    status: 'confirmed',
    prepayment: 'none',
    startsAt,
    endsAt,
    busyFrom,
    busyTo,
    clientId: null,
    clientName: title,
    clientPhone: null,
    serviceIds: [serviceId],
    serviceNames: [],
    hasComment: false,
    anyStaff: false,
    costMinor: 0,
    paidMinor: 0,
    holdExpiresAt: null,
    payment: null,
    event,
  };
}

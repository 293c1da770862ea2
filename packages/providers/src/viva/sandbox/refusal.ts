/** A no, put into words by whichever door it leaves through: Viva's newer and older APIs complain in different shapes. */
export class Refusal extends Error {
  readonly status: number;
  readonly eventId: number;

  constructor(status: number, message: string, eventId = 0) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.eventId = eventId;
  }
}

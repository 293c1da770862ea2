/** Where "now" comes from. Nothing else in the product reads the machine's clock to decide anything. */
export interface Clock {
  now(): Date;
}

export const machineClock: Clock = { now: () => new Date() };

/** For tests and the demo: stands still or runs on, and can be moved forward. */
export class MovableClock implements Clock {
  #offsetMs: number;
  readonly #base: () => number;
  /** `start` undefined: runs with the machine; given: stands still there until moved. */
  constructor({ start, offsetMs = 0 }: { start?: Date; offsetMs?: number } = {}) {
    this.#base = start ? () => start.getTime() : () => Date.now();
    this.#offsetMs = offsetMs;
  }
  now(): Date {
    return new Date(this.#base() + this.#offsetMs);
  }
  get offsetMs(): number {
    return this.#offsetMs;
  }
  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }
  advance({ minutes = 0, seconds = 0 }: { minutes?: number; seconds?: number }): void {
    this.#offsetMs += (minutes * 60 + seconds) * 1000;
  }
}

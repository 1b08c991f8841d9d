const wrap = 2 ** 33;

/**
 * Makes 33-bit times of 90 kHz (ISO/IEC 13818-1 §2.4.3.7) into microseconds that do not wrap after 26 hours. One for
 * all streams of a program, so that picture and sound stay together.
 */
export class ProgramClock {
  #last: number | undefined;

  /** @param ticks 0 to 2^33 - 1; taken as near to the last one as it can be */
  toUs(ticks: number): number {
    let time = ticks;
    if (this.#last !== undefined) {
      time += Math.round((this.#last - ticks) / wrap) * wrap;
    }
    this.#last = time;
    return Math.round((time * 100) / 9);
  }
}

/** Ticks of 90 kHz, wrapped to 33 bits; negative times too. */
export function toTicks(us: number): number {
  const ticks = Math.round((us * 9) / 100) % wrap;
  return ticks < 0 ? ticks + wrap : ticks;
}

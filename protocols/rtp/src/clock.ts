/** Stamps of RTP made into microseconds of one clock for all tracks of a stream. */
import { timestampDistance } from './sequence.ts';

/** A stamp that runs ahead of the time that passed by more than this is a clock that jumped. */
const maxAheadUs = 10_000_000;
/** Pictures out of order step back by less than this; more is a clock that jumped. */
const maxBackUs = 2_000_000;
/** Reports of the sender that would move a track by more than this are rubbish: cameras with two wall clocks. */
const maxShiftUs = 30_000_000;
/** Below this nobody hears that lips and voice differ: keep the times steady. */
const minShiftUs = 20_000;

/** The tracks of one sender. Sender reports (RFC 3550 §6.4.1) tie their clocks to each other through its wall clock. */
export class ClockGroup {
  readonly #members: MediaClock[] = [];

  /** @param reference the track that the others are moved to, normally the pictures */
  add(clockRate: number, reference: boolean): MediaClock {
    const clock = new MediaClock(clockRate, reference, () => this.#align());
    this.#members.push(clock);
    return clock;
  }

  #align(): void {
    const reference = this.#members.find((one) => one.reference) ?? this.#members[0];
    const target = reference?.wallOffsetUs();
    if (target === undefined) return;
    for (const one of this.#members) {
      const offset = one === reference ? undefined : one.wallOffsetUs();
      if (offset === undefined) continue;
      const error = offset - target;
      if (Math.abs(error) >= minShiftUs && Math.abs(error) <= maxShiftUs) one.shift(-error);
    }
  }
}

/**
 * One track's clock. Its times begin at the arrival of the first packet, count on over the wrap of 32 bits, and stay
 * continuous where the sender's clock jumps.
 */
export class MediaClock {
  readonly reference: boolean;
  /** How often the sender's clock jumped. */
  jumps = 0;
  readonly #usPerTick: number;
  readonly #onReport: () => void;
  #lastStamp: number | undefined;
  #lastUs = 0;
  #lastArrivalUs = 0;
  #report: { readonly ntpUs: number; readonly stamp: number } | undefined;

  constructor(clockRate: number, reference: boolean, onReport: () => void) {
    if (!(clockRate > 0)) throw new RangeError('clock rate is not positive');
    this.#usPerTick = 1e6 / clockRate;
    this.reference = reference;
    this.#onReport = onReport;
  }

  /**
   * @param stamp of the packet, 32 bits
   * @param arrivalUs a clock that never goes back, the same for all tracks
   */
  toUs(stamp: number, arrivalUs: number): number {
    if (this.#lastStamp === undefined) {
      this.#keep(stamp, arrivalUs, arrivalUs);
      this.#onReport();
      return Math.round(this.#lastUs);
    }
    const passed = Math.max(0, arrivalUs - this.#lastArrivalUs);
    const step = timestampDistance(this.#lastStamp, stamp) * this.#usPerTick;
    if (step > passed + maxAheadUs || step < -maxBackUs) {
      this.jumps += 1;
      this.#report = undefined;
      // The true step is unknown: the time that passed is the best guess, and times must not stand still.
      this.#keep(stamp, this.#lastUs + Math.max(passed, 1000), arrivalUs);
    } else {
      this.#keep(stamp, this.#lastUs + step, arrivalUs);
    }
    return Math.round(this.#lastUs);
  }

  /** @param ntpUs the sender's wall clock in microseconds at `stamp` */
  onSenderReport(ntpUs: number, stamp: number): void {
    this.#report = { ntpUs, stamp };
    this.#onReport();
  }

  /** The stream's clock minus the sender's wall clock; undefined while either is unknown. */
  wallOffsetUs(): number | undefined {
    if (this.#report === undefined || this.#lastStamp === undefined) return undefined;
    const atReport = this.#lastUs + timestampDistance(this.#lastStamp, this.#report.stamp) * this.#usPerTick;
    return atReport - this.#report.ntpUs;
  }

  shift(us: number): void {
    this.#lastUs += us;
  }

  #keep(stamp: number, us: number, arrivalUs: number): void {
    this.#lastStamp = stamp;
    this.#lastUs = us;
    this.#lastArrivalUs = arrivalUs;
  }
}

/** RFC 3261 §17.1.1.1 and table 4; milliseconds. */
export interface TimerValues {
  /** Round trip estimate. */
  readonly t1: number;
  /** Longest pause between retransmissions of non-INVITE requests and INVITE responses. */
  readonly t2: number;
  /** How long a message stays in the network. */
  readonly t4: number;
}

export const standardTimers: TimerValues = { t1: 500, t2: 4000, t4: 5000 };

/** Timers B, F, H, J, L, M. */
export const transactionMs = (timers: TimerValues): number => 64 * timers.t1;

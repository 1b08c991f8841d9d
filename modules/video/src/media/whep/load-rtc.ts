/** WebRTC is an optional package with a binary for each kind of machine. */
import type { Rtc } from './senders.ts';

/** Null where this machine has none. */
export async function loadRtc(): Promise<Rtc | null> {
  try {
    const rtc = await import('node-datachannel');
    // Its words come from threads of its own and name addresses of viewers.
    rtc.initLogger('Error', () => undefined);
    return rtc;
  } catch {
    return null;
  }
}

import { contentOf, type Content } from './message/build.ts';
import type { SipRequest } from './message/message.ts';

export type DtmfKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#' | 'A' | 'B' | 'C' | 'D';

/**
 * The key of an INFO request, in the two forms telephones use: `application/dtmf-relay` (`Signal=1`) and
 * `application/dtmf` (the bare key). Undefined for any other INFO.
 */
export function dtmfOf({ headers, body }: SipRequest): DtmfKey | undefined {
  const type = (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  const text = body.toString('latin1', 0, 200);
  const key =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*([0-9*#A-D]|1[01])\s*$/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? /^\s*([0-9*#A-D]|1[01])\s*$/i.exec(text)?.[1]
        : undefined;
  // Event numbers of RFC 4733: 10 is *, 11 is #.
  const named = key === '10' ? '*' : key === '11' ? '#' : key;
  return named?.toUpperCase() as DtmfKey | undefined;
}

/** Body of an INFO that presses a key; `durationMs` as the phone shows it. */
export const dtmfContent = (key: DtmfKey, durationMs = 160): Content =>
  contentOf('application/dtmf-relay', `Signal=${key}\r\nDuration=${durationMs}\r\n`);

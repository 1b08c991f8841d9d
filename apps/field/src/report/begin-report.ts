import { newId, type Place } from '@wangge/contract-kit';
import { go } from '../router/router.tsx';

interface Begun {
  readonly clientKey: string;
  readonly place: Place;
}
let begun: Begun | null = null;

/** Opens a fresh report at this place, whatever drafts there are. */
export function beginReportAt(place: Place): void {
  begun = { clientKey: newId(), place };
  go({ name: 'report' });
}
/** For the page that opens now. */
export function begunReport(): Begun | null {
  return begun;
}
export function forgetBegun(): void {
  begun = null;
}

import { useOutbox } from '../outbox/use-outbox.ts';

/** Points of a round that were checked in on this phone and have not arrived yet. */
export function useWaitingPoints(roundId: string): ReadonlySet<number> {
  return new Set(
    useOutbox().flatMap((item) =>
      item.kind === 'deed' &&
      item.deed.name === 'check-in' &&
      item.deed.roundId === roundId &&
      (item.state === 'waiting' || item.state === 'sending')
        ? [item.deed.n]
        : [],
    ),
  );
}

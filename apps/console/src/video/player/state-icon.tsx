import type { PictureKind } from './stream-state.ts';

/** A mark of its own shape for each state, so that colour says nothing alone. */
const shapes: Readonly<Record<PictureKind, string>> = {
  idle: 'M6 4v12l10-6z',
  connecting: 'M10 3a7 7 0 1 1-7 7 M10 6v4l3 2',
  live: 'M10 6a4 4 0 1 0 .01 0z',
  stalled: 'M6 4v12 M13 4v12',
  offline: 'M3 6h10v8H3z M13 9l4-2v6l-4-2 M2 17 18 3',
  refused: 'M7 9V6a3 3 0 0 1 6 0v3 M5 9h10v8H5z',
  unsupported: 'M3 5h14v10H3z M7 8l6 4 M13 8l-6 4',
  ended: 'M5 5h10v10H5z',
  'no-right': 'M10 3a7 7 0 1 0 .01 0z M5 15 15 5',
  paused: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z M3 17 17 3',
  gone: 'M5 5l10 10 M15 5 5 15',
  'no-worker': 'M3 5h14v4H3z M3 11h14v4H3z M6 7h.01 M6 13h.01',
  'no-network': 'M3 8a10 10 0 0 1 14 0 M6 11a6 6 0 0 1 8 0 M10 15h.01 M3 17 17 3',
};

export function StateIcon({ kind }: { kind: PictureKind }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" className="vp-icon">
      <path d={shapes[kind]} />
    </svg>
  );
}

/** Facts that several pages of video use. */
import { type CameraPin, cameraPins, type LinkState } from '@wangge/video/contract';
import { useCall } from '@wangge/ui';
import { useMemo } from 'react';

const none: readonly CameraPin[] = [];

/** All cameras that one may see, few fields each; one answer for tree, map and pickers. */
export function usePins() {
  const answer = useCall(cameraPins, {}, { freshMs: 60_000 });
  const pins = answer.data?.items ?? none;
  const byId = useMemo(() => new Map(pins.map((pin) => [pin.id, pin])), [pins]);
  return { pins, byId, ready: answer.data !== undefined, error: answer.error, retry: () => void answer.refetch() };
}

/** A mark of its own shape for each state of the line; said with the word beside it or as its name. */
export const linkMarks = {
  unknown: '?',
  online: '●',
  offline: '○',
  refused: '⊘',
  faulty: '!',
} as const satisfies Record<LinkState, string>;

/** `1.4 GB`: bytes as people read them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Cameras by the areas they stand in, for trees and pickers. */
import type { Area } from '@wangge/areas/contract';
import type { CameraPin } from '@wangge/video/contract';
import { areaTrail } from '../common/area-tree.ts';

export interface CameraGroup {
  readonly areaId: string;
  readonly title: string;
  readonly cameras: readonly CameraPin[];
}

/** Groups in the order of the areas' tree; cameras by name; only those whose name, group or tags hold the words. */
export function cameraGroups(
  pins: readonly CameraPin[],
  areas: readonly Area[],
  byId: ReadonlyMap<string, Area>,
  words: string,
): readonly CameraGroup[] {
  const sought = words.trim().toLowerCase();
  const found = new Map<string, CameraPin[]>();
  for (const pin of pins) {
    const text = [pin.name, pin.group ?? '', ...pin.tags].join('\n').toLowerCase();
    if (sought !== '' && !text.includes(sought)) continue;
    const group = found.get(pin.areaId);
    if (group) group.push(pin);
    else found.set(pin.areaId, [pin]);
  }
  const order = new Map(areas.map((area, i) => [area.id, i]));
  return [...found]
    .toSorted(([a], [b]) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity))
    .map(([areaId, cameras]) => {
      const area = byId.get(areaId);
      return {
        areaId,
        title: area ? areaTrail(area, byId) : '—',
        cameras: cameras.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true })),
      };
    });
}

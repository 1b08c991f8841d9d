/** Named positions: what the camera says it has, under the names that were given here. */
import { asPlatform } from '@wangge/incidents';
import type { Actor, Runtime } from '@wangge/kernel';
import { steererOf } from './camera-head.ts';
import { type PresetRow, presetsOf, steeredCamera, writePreset } from './store.ts';

/** A camera that does not answer has those that are known of it. */
export async function readPresets(
  rt: Runtime,
  actor: Actor,
  cameraId: string,
): Promise<{ items: { preset: number; name: string }[] }> {
  const { camera, known } = await rt.tx(actor, async (tx) => {
    const found = await steeredCamera(tx, cameraId);
    rt.authorise(actor, 'video.watch', { areaPath: found.areaPath, reporterId: found.ownerId });
    return { camera: found, known: await presetsOf(tx, cameraId) };
  });
  if (!camera.hasPtz || camera.retired || camera.sourceKind === 'rtsp') return { items: [] };
  let told: readonly PresetRow[];
  try {
    told = await steererOf(rt, camera).presets();
  } catch {
    return { items: known.map(shown) };
  }
  const merged = mergePresets(known, told);
  const fresh = merged.filter((one) => one.token !== null && !known.some(({ token }) => token === one.token));
  if (fresh.length > 0) {
    // Numbers of ONVIF positions are ours, and must stay what they are.
    await rt.tx(actor, (tx) =>
      asPlatform(tx, async () => {
        for (const one of fresh) await writePreset(tx, cameraId, one);
      }),
    );
  }
  return { items: merged.map(shown) };
}

/** @param told with number 0 where the camera has tokens instead of numbers: they get the lowest free ones */
export function mergePresets(known: readonly PresetRow[], told: readonly PresetRow[]): PresetRow[] {
  const merged = new Map(known.map((one) => [one.preset, one]));
  let next = 1;
  for (const one of told) {
    const before = [...merged.values()].find(({ token }) => token !== null && token === one.token);
    if (before) continue;
    if (one.preset > 0) {
      if (!merged.has(one.preset)) merged.set(one.preset, one);
      continue;
    }
    while (merged.has(next)) next++;
    if (next <= 255) merged.set(next, { ...one, preset: next });
  }
  return [...merged.values()].toSorted((a, b) => a.preset - b.preset);
}
const shown = ({ preset, name }: PresetRow) => ({ preset, name });

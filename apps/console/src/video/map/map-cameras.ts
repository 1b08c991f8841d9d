import type { CameraPin, LinkState } from '@wangge/video/contract';
import type { MapCamera } from '@wangge/ui/map';

const tones = {
  online: 'online',
  offline: 'offline',
  refused: 'doubtful',
  faulty: 'doubtful',
  unknown: 'unknown',
} as const satisfies Record<LinkState, MapCamera['tone']>;

/** Pins of the register as the map draws them; one that its owner paused shows nothing, like one that is offline. */
export function mapCameras(pins: readonly CameraPin[]): readonly MapCamera[] {
  return pins.map(({ id, name, lon, lat, cone, link, paused }) => ({
    id,
    name,
    place: { lon, lat },
    cone,
    tone: paused ? 'offline' : tones[link],
  }));
}

/** Enters the demo's cameras in a running platform. */
import { createHash } from 'node:crypto';
import type { PlannedCamera } from '../plan.ts';
import { rtspPath } from '../rtsp/rtsp-cameras.ts';
import { type Place, placesOf } from './places.ts';
import { type Sign, signIn, TownError } from './town-client.ts';

export interface EnterOptions {
  /** `http://127.0.0.1:8080`. */
  readonly town: string;
  readonly sign: Sign;
  /** Where the platform finds the simulators: `rtsp://127.0.0.1:8654`. */
  readonly rtspBase: string;
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
}

export interface Entered {
  readonly entered: number;
  /** By name, with what the platform said. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Each camera has a key of its own, so that entering them again changes nothing.
 *
 * @throws TownError where signing in fails or the platform does not answer
 */
export async function enterCameras(cameras: readonly PlannedCamera[], options: EnterOptions): Promise<Entered> {
  const town = await signIn(options.town, options.sign);
  const places = await placesOf(town, cameras.length);
  const refused: { name: string; reason: string }[] = [];
  for (const [index, camera] of cameras.entries()) {
    try {
      await town.post('/api/video/cameras', { key: keyOf(camera), camera: inputOf(camera, places[index]!, options) });
    } catch (error) {
      // Wrong data of one camera does not keep the others out; a platform that is gone does.
      if (!(error instanceof TownError) || error.status === 0 || error.status === 401) throw error;
      refused.push({ name: camera.name, reason: error.message });
    }
  }
  return { entered: cameras.length - refused.length, refused };
}

/** A UUID (version 8, RFC 9562 §5.8) of the camera's code: the same on each machine and each day. */
export function keyOf({ code }: Pick<PlannedCamera, 'code'>): string {
  const bytes = createHash('sha256').update(`wangge demo camera ${code}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** As the register's own form sends it. */
function inputOf(camera: PlannedCamera, place: Place, { rtspBase, credentials }: EnterOptions): object {
  return {
    name: camera.name,
    code: camera.code,
    class: camera.restricted === true ? 'restricted' : 'public',
    place: { lon: round(place.lon), lat: round(place.lat) },
    address: null,
    cone: { bearingDeg: camera.bearingDeg, angleDeg: 70, distanceM: camera.distanceM },
    tags: camera.tags,
    group: camera.group,
    hasPtz: camera.ptz === true,
    hasSpeaker: camera.speaker === true,
    duties: {
      responsibleBody: '演示镇综治中心',
      legalBasis: '《公共安全视频图像信息系统管理条例》第七条',
      installedOn: '2025-04-01',
      // A few lack something, so that the register has duties to remind of.
      filedOn: camera.number % 5 === 0 ? null : '2025-04-15',
      filingNumber: camera.number % 5 === 0 ? null : `演公视备〔2025〕${camera.number}号`,
      signSeenOn: camera.number % 7 === 0 ? null : '2025-04-20',
    },
    recording: { mode: camera.records === true ? 'always' : 'off', variant: 'sub', floorDays: 1, ceilingDays: 1 },
    ownerAccountId: null,
    source: {
      kind: 'rtsp',
      mainUrl: rtspBase + rtspPath(camera.number, 'main'),
      subUrl: rtspBase + rtspPath(camera.number, 'sub'),
      user: credentials?.user ?? null,
      ...(credentials === undefined ? {} : { password: credentials.password }),
    },
  };
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

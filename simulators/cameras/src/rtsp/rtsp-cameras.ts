/** Many cameras behind one RTSP address: `/cam-<number>/main` and `/cam-<number>/sub`. */
import { RtspServer, type AccessDecision, type AccessRequest, type StreamRequest } from '@wangge/rtsp';
import type { Variant } from '../film/facts.ts';
import type { Camera } from '../loop/camera.ts';
import type { LoopPlayer } from '../loop/player.ts';

export interface RtspCamerasOptions {
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly cameras: readonly Camera[];
  /** Without it everybody may look. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
  /** `false` refuses UDP, as many cameras do. */
  readonly udp?: boolean;
}

export interface RtspCameras {
  readonly port: number;
  readonly server: RtspServer;
  close(): Promise<void>;
}

/** @throws Error where the port cannot be had */
export async function serveRtsp(options: RtspCamerasOptions): Promise<RtspCameras> {
  const byNumber = new Map(options.cameras.map((camera) => [camera.number, camera]));
  const server = await RtspServer.listen({
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.udp === false ? { udp: false } : {}),
    realm: 'Camera',
    maxConnections: 10_000,
    authorize: (request) => decide(request, byNumber, options.credentials),
    play: (request) => open(request, byNumber),
  });
  return { port: server.port, server, close: () => server.close() };
}

export const rtspPath = (number: number, variant: Variant): string => `/cam-${number}/${variant}`;

function find(path: string, cameras: ReadonlyMap<number, Camera>): { camera: Camera; variant: Variant } | undefined {
  const match = /^cam-(\d{1,6})\/(main|sub)$/.exec(path);
  const camera = cameras.get(Number(match?.[1]));
  return camera === undefined ? undefined : { camera, variant: match![2] as Variant };
}

function decide(
  request: AccessRequest,
  cameras: ReadonlyMap<number, Camera>,
  credentials: RtspCamerasOptions['credentials'],
): AccessDecision {
  if (request.action === 'publish') return 'deny';
  if (find(request.path, cameras)?.camera.faults.refusesPassword === true) return 'challenge';
  if (credentials === undefined) return 'allow';
  return request.username === credentials.user && request.verify(credentials.password) ? 'allow' : 'challenge';
}

async function open(request: StreamRequest, cameras: ReadonlyMap<number, Camera>): Promise<LoopPlayer | undefined> {
  const found = find(request.path, cameras);
  return found?.camera.player(found.variant);
}

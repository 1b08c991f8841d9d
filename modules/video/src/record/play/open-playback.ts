/** Playback for a media worker: what it does with a socket whose ticket was for looking back. */
import type { Runtime } from '@wangge/kernel';
import type { WebSocket } from 'ws';
import type { TakenView } from '../../watch/tickets.ts';
import { SegmentScans } from './segment-scans.ts';
import { PlaySession } from './session.ts';

export interface PlaybackViews {
  /** The look goes on; called every few seconds. */
  touch(viewId: string): void;
  end(viewId: string): void;
}

const touchMs = 15_000;

/** @param views where beginning and end of looks are kept */
export function openPlayback(rt: Runtime, views: PlaybackViews): (socket: WebSocket, view: TakenView) => void {
  const scans = new SegmentScans(rt.config.dataDir);
  return (socket, view) => {
    const { viewId, cameraId, variant, fromMs, toMs } = view;
    if (fromMs === null || toMs === null) return socket.close(1008);
    const session = new PlaySession(rt, scans, socket, { cameraId, variant, fromMs, toMs });
    const timer = setInterval(() => views.touch(viewId), touchMs);
    socket.on('message', (data, binary) => {
      if (!binary) session.take(textOf(data));
    });
    socket.on('error', () => session.close());
    socket.on('close', () => session.close());
    void session.run().then(() => {
      clearInterval(timer);
      views.end(viewId);
    });
  };
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString();
}

import { GbError } from '../error.ts';

/** Control of a playback (GB/T 28181-2016 annex B). */
export type PlaybackControl =
  /** Goes on where it stood, at the speed that it had. */
  | { readonly type: 'resume' }
  | { readonly type: 'pause' }
  /** Seconds from the start of the asked-for time. */
  | { readonly type: 'seek'; readonly seconds: number }
  /** 0.25 … 16; below 0 backwards where the device can. */
  | { readonly type: 'speed'; readonly scale: number }
  | { readonly type: 'teardown' };

export function buildMansRtsp(control: PlaybackControl, cseq: number): string {
  const line = { resume: 'PLAY', seek: 'PLAY', speed: 'PLAY', pause: 'PAUSE', teardown: 'TEARDOWN' }[control.type];
  return `${line} RTSP/1.0\r\nCSeq: ${cseq}\r\n${detail(control)}\r\n`;
}

function detail(control: PlaybackControl): string {
  switch (control.type) {
    case 'resume':
      return 'Range: npt=now-\r\n';
    case 'pause':
      return 'PauseTime: now\r\n';
    case 'seek':
      return `Range: npt=${Math.max(0, control.seconds)}-\r\n`;
    case 'speed':
      return `Scale: ${control.scale.toFixed(6)}\r\n`;
    case 'teardown':
      return '';
  }
}

/** Reads the body of an INFO request. @throws GbError `value` */
export function parseMansRtsp(body: string): { control: PlaybackControl; cseq: number } {
  const lines = body.slice(0, 4096).split(/\r?\n/);
  const method = /^\s*(?:\S+\s+)?(PLAY|PAUSE|TEARDOWN)\s+(?:\S+\s+)?(?:MANS)?RTSP\/1\.0/i
    .exec(lines[0] ?? '')?.[1]
    ?.toUpperCase();
  if (!method) throw new GbError('value', 'no MANSRTSP request');
  const header = (name: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const cseq = Number(/^\d{1,10}$/.exec(header('cseq') ?? '')?.[0] ?? 0);
  if (method === 'PAUSE') return { control: { type: 'pause' }, cseq };
  if (method === 'TEARDOWN') return { control: { type: 'teardown' }, cseq };
  return { control: playOf(header('scale'), header('range')), cseq };
}

function playOf(scaleText: string | undefined, range: string | undefined): PlaybackControl {
  if (scaleText !== undefined) {
    const scale = Number(scaleText);
    if (!Number.isFinite(scale) || scale === 0 || Math.abs(scale) > 64) throw new GbError('value', 'Scale');
    return { type: 'speed', scale };
  }
  if (range === undefined || /^npt\s*=\s*now\s*-/i.test(range)) return { type: 'resume' };
  const seconds = /^npt\s*=\s*(\d{1,9}(?:\.\d{1,9})?)\s*-/i.exec(range)?.[1];
  if (seconds === undefined) throw new GbError('value', 'Range');
  return { type: 'seek', seconds: Number(seconds) };
}

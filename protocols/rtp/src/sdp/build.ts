/** Descriptions of our own streams. */
import { type AudioTrack, nalHeaderBytes, type NalRole, nalRole, type Track, type VideoTrack } from '@wangge/codec';

export interface SdpOptions {
  /** Title of the session. */
  readonly name?: string;
  /** `a=control:` of each track; `trackID=0`, … unless told. */
  readonly control?: (index: number) => string;
}

/** The payload type under which {@link buildSdp} describes the track at `index`. */
export function payloadTypeOf(track: Track, index: number): number {
  if (track.codec === 'pcmu') return 0;
  return track.codec === 'pcma' ? 8 : 96 + index;
}

/** Ticks per second of the track's RTP stamps. */
export function clockRateOf(track: Track): number {
  if (track.kind === 'video') return 90_000;
  return track.codec === 'opus' ? 48_000 : track.sampleRate;
}

/** A description for DESCRIBE or ANNOUNCE (RFC 2326 appendix C), ports 0. */
export function buildSdp(tracks: readonly Track[], options: SdpOptions = {}): string {
  const control = options.control ?? ((index: number) => `trackID=${index}`);
  const name = (options.name ?? '').replace(/[\r\n]/g, ' ').trim();
  const lines = ['v=0', 'o=- 0 0 IN IP4 0.0.0.0', `s=${name || '-'}`, 'c=IN IP4 0.0.0.0', 't=0 0', 'a=control:*'];
  tracks.forEach((track, index) => {
    const payloadType = payloadTypeOf(track, index);
    const parameters = track.kind === 'video' ? videoParameters(track) : audioParameters(track);
    lines.push(`m=${track.kind} 0 RTP/AVP ${payloadType}`, `a=rtpmap:${payloadType} ${mapOf(track)}`);
    if (parameters !== '') lines.push(`a=fmtp:${payloadType} ${parameters}`);
    lines.push(`a=control:${control(index)}`);
  });
  return `${lines.join('\r\n')}\r\n`;
}

function mapOf(track: Track): string {
  switch (track.codec) {
    case 'h264':
    case 'h265':
      return `${track.codec.toUpperCase()}/90000`;
    case 'opus':
      // Always two channels, RFC 7587 §7.
      return 'opus/48000/2';
    case 'aac':
      return `mpeg4-generic/${track.sampleRate}/${track.channels}`;
    default:
      return `${track.codec.toUpperCase()}/8000`;
  }
}

function videoParameters(track: VideoTrack): string {
  const sets = track.parameterSets.filter((nal) => nal.length > nalHeaderBytes[track.codec]);
  const having = (role: NalRole) => sets.filter((nal) => nalRole(track.codec, nal) === role);
  if (track.codec === 'h265') {
    return (['vps', 'sps', 'pps'] as const)
      .map((role) => ({ role, values: having(role).map((nal) => base64(nal)) }))
      .filter(({ values }) => values.length > 0)
      .map(({ role, values }) => `sprop-${role}=${values.join(',')}`)
      .join('; ');
  }
  const values = [...having('sps'), ...having('pps')].map((nal) => base64(nal));
  const sps = having('sps').find((nal) => nal.length > 4);
  const parts = ['packetization-mode=1'];
  if (sps !== undefined) parts.push(`profile-level-id=${Buffer.from(sps.subarray(1, 4)).toString('hex')}`);
  if (values.length > 0) parts.push(`sprop-parameter-sets=${values.join(',')}`);
  return parts.join('; ');
}

function audioParameters(track: AudioTrack): string {
  if (track.codec === 'opus') return track.channels === 2 ? 'sprop-stereo=1' : '';
  if (track.codec !== 'aac') return '';
  const config = Buffer.from(track.config ?? []).toString('hex');
  return `profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; indexdeltalength=3; config=${config}`;
}

function base64(nal: Uint8Array): string {
  return Buffer.from(nal).toString('base64');
}

/** What a browser's offer takes of what cameras send. */

export interface OfferedMedia {
  readonly mid: string;
  readonly payloadType: number;
  /** Format parameters of the payload type, as they were offered. */
  readonly parameters: string;
}
export interface Offer {
  readonly video: OfferedMedia | null;
  /** By codec: `PCMA`, `PCMU`, `opus`. */
  readonly audio: ReadonlyMap<string, OfferedMedia>;
}

/** Reads an offer (RFC 8866); sections that do not receive are left out. */
export function readOffer(sdp: string): Offer {
  let video: OfferedMedia | null = null;
  const audio = new Map<string, OfferedMedia>();
  for (const section of sdp.split(/\r?\n(?=m=)/).slice(1)) {
    const lines = section.split(/\r?\n/);
    const mid = lines.find((line) => line.startsWith('a=mid:'))?.slice(6);
    if (mid === undefined || lines.includes('a=sendonly') || lines.includes('a=inactive')) continue;
    const formats = formatsOf(lines, mid);
    if (section.startsWith('m=video')) video ??= bestH264(formats);
    if (section.startsWith('m=audio')) {
      for (const { name, media } of formats) if (!audio.has(name)) audio.set(name, media);
    }
  }
  return { video, audio };
}

interface Format {
  readonly name: string;
  readonly media: OfferedMedia;
}
function formatsOf(lines: readonly string[], mid: string): Format[] {
  return lines.flatMap((line) => {
    const [, type, name] = /^a=rtpmap:(\d+) ([\w-]+)\//.exec(line) ?? [];
    if (type === undefined || name === undefined) return [];
    const parameters =
      lines.find((other) => other.startsWith(`a=fmtp:${type} `))?.slice(`a=fmtp:${type} `.length) ?? '';
    return [{ name, media: { mid, payloadType: Number(type), parameters } }];
  });
}

/** Pictures are sent in pieces (packetization mode 1); of profiles, browsers decode what they get. */
function bestH264(formats: readonly Format[]): OfferedMedia | null {
  const fit = formats.filter(({ name, media }) => name === 'H264' && media.parameters.includes('packetization-mode=1'));
  const base = fit.find(({ media }) => media.parameters.includes('profile-level-id=42e01f'));
  return (base ?? fit[0])?.media ?? null;
}

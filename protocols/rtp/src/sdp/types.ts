/** The part of SDP (RFC 8866) that RTSP and WebRTC descriptions of streams use. */

/** One `a=` line: a property (`value` undefined) or `name:value`. */
export interface SdpAttribute {
  readonly name: string;
  readonly value: string | undefined;
}

export interface SdpMedia {
  /** video, audio, application, … */
  readonly kind: string;
  readonly port: number;
  /** RTP/AVP, RTP/AVP/TCP, … */
  readonly protocol: string;
  /** Payload types, as written. */
  readonly formats: readonly string[];
  readonly attributes: readonly SdpAttribute[];
}

export interface SdpDescription {
  /** Title of the session, `s=`. */
  readonly name: string;
  readonly attributes: readonly SdpAttribute[];
  readonly media: readonly SdpMedia[];
}

/** The value of the first attribute of that name; '' for a property. */
export function attribute(of: { readonly attributes: readonly SdpAttribute[] }, name: string): string | undefined {
  const found = of.attributes.find((one) => one.name === name);
  return found === undefined ? undefined : (found.value ?? '');
}

/** The value of an attribute that begins with a payload type (`a=rtpmap:96 H264/90000`), without it. */
export function formatAttribute(media: SdpMedia, name: string, format: string): string | undefined {
  for (const one of media.attributes) {
    if (one.name !== name || one.value === undefined) continue;
    const space = one.value.indexOf(' ');
    if (space > 0 && one.value.slice(0, space) === format) return one.value.slice(space + 1).trim();
  }
  return undefined;
}

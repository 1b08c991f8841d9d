/** Addresses of a camera's streams, asked of the camera. */
import type { Variant } from '../media/hub.ts';
import { askCamera, OnvifFailure } from './ask-camera.ts';
import { addressOf } from './onvif-address.ts';
import type { OnvifProfile } from './thread-calls.ts';

export interface ResolvedStream {
  /** RTSP, without user and password. */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
  readonly profile: string;
}

/**
 * @param source of the register, kind `onvif`
 * @throws OnvifFailure
 */
export async function resolveOnvif(
  source: Readonly<Record<string, unknown>>,
  password: string | null,
  variant: Variant,
): Promise<ResolvedStream> {
  const address = addressOf(source, password);
  const wanted = variant === 'main' ? address.mainProfile : address.subProfile;
  const profile = wanted ?? chooseProfile(await askCamera(address, { do: 'profiles' }), variant);
  if (profile === null) throw new OnvifFailure('faulty', 'the camera has no profile with a picture');
  const told = await askCamera(address, { do: 'stream', profile });
  return { url: reachable(told, address.host), user: address.user, password, profile };
}

/** Asks for a key picture now. @throws OnvifFailure */
export async function requestOnvifKey(
  source: Readonly<Record<string, unknown>>,
  password: string | null,
  profile: string | null,
): Promise<void> {
  await askCamera(addressOf(source, password), { do: 'key', profile });
}

/** The first one is the main picture with every camera known; the smallest one is for walls. */
export function chooseProfile(profiles: readonly OnvifProfile[], variant: Variant): string | null {
  // Pictures one by one (JPEG) are no stream that is taken here.
  const usable = profiles.filter(({ encoding }) => encoding === null || /^h\.?26[45]$/i.test(encoding));
  const [first] = usable;
  if (!first) return null;
  if (variant === 'main') return first.token;
  const area = ({ width, height }: OnvifProfile): number =>
    width !== null && height !== null ? width * height : Infinity;
  return usable.reduce((least, one) => (area(one) < area(least) ? one : least), first).token;
}

/**
 * What a camera names is often an address that only it can see, and must never lead to another machine: the host is the
 * one that it was asked at.
 */
function reachable(told: string, host: string): string {
  let url: URL;
  try {
    url = new URL(told.trim());
  } catch {
    throw new OnvifFailure('faulty', 'the address of the stream cannot be read');
  }
  if (url.protocol !== 'rtsp:') throw new OnvifFailure('faulty', `a stream by ${url.protocol}`);
  url.hostname = host.includes(':') ? `[${host}]` : host;
  url.username = '';
  url.password = '';
  return url.toString();
}

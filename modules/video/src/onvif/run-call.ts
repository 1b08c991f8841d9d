/** One question to a connected camera. */
import { promisify } from 'node:util';
import type { Cam } from 'onvif';
import { z } from 'zod';
import type { OnvifCall, OnvifProfile } from './thread-calls.ts';

/** As the library hands them over: whatever the camera wrote, made into objects. */
const profileSchema = z.looseObject({
  $: z.object({ token: z.string() }),
  name: z.coerce.string().optional(),
  videoEncoderConfiguration: z
    .looseObject({
      encoding: z.string().optional(),
      resolution: z.looseObject({ width: z.coerce.number(), height: z.coerce.number() }).optional(),
    })
    .optional(),
});
const streamSchema = z.looseObject({ uri: z.string() });
const presetSchema = z.looseObject({ $: z.object({ token: z.string() }), name: z.coerce.string().optional() });
const setSchema = z.array(
  z.looseObject({ setPresetResponse: z.array(z.looseObject({ presetToken: z.array(z.coerce.string()) })) }),
);

type Method = (options: object, callback: (error: Error | null, value?: unknown) => void) => void;

/** @throws Error of the camera, the network or the answer's shape */
export async function runCall(cam: Cam, call: OnvifCall): Promise<unknown> {
  const ask = (name: string, options: object): Promise<unknown> => {
    const method = (cam as unknown as Readonly<Record<string, Method>>)[name];
    if (!method) throw new Error(name);
    return promisify(method).call(cam, options);
  };
  switch (call.do) {
    case 'profiles':
      return z
        .array(profileSchema)
        .parse(cam.profiles ?? [])
        .map(profileOf);
    case 'stream':
      return streamSchema.parse(await ask('getStreamUri', { protocol: 'RTSP', profileToken: escaped(call.profile) }))
        .uri;
    case 'move': {
      const { x, y, zoom, timeoutMs } = call;
      await ask('continuousMove', { x, y, zoom, timeout: timeoutMs });
      return null;
    }
    case 'stop':
      await ask('stop', { panTilt: true, zoom: true });
      return null;
    case 'presets':
      await ask('getPresets', {});
      return z
        .array(presetSchema)
        .parse(Object.values(cam.presets ?? {}))
        .map(({ $, name }) => ({ token: $.token, name: name ?? $.token }));
    case 'go':
      await ask('gotoPreset', { preset: escaped(call.token) });
      return null;
    case 'set': {
      const { name, token } = call;
      const set = await ask('setPreset', {
        presetName: escaped(name),
        ...(token === null ? {} : { presetToken: escaped(token) }),
      });
      return setSchema.safeParse(set).data?.[0]?.setPresetResponse[0]?.presetToken[0] ?? token ?? '';
    }
    case 'forget':
      await ask('removePreset', { presetToken: escaped(call.token) });
      return null;
    case 'key':
      await ask('setSynchronizationPoint', call.profile === null ? {} : { profileToken: escaped(call.profile) });
      return null;
  }
}

function profileOf({ $, name, videoEncoderConfiguration: video }: z.output<typeof profileSchema>): OnvifProfile {
  return {
    token: $.token,
    name: name ?? $.token,
    encoding: video?.encoding ?? null,
    width: video?.resolution?.width ?? null,
    height: video?.resolution?.height ?? null,
  };
}

/** The library puts texts into its XML as they are. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

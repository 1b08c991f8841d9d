/** What the SIP process does for the other processes. */
import { GbError, type Platform } from '@wangge/gb28181';
import type { Catalogs } from './catalogs.ts';
import { cleanText } from './channel-line.ts';
import type { InnerInput, InnerOutput } from './inner-calls.ts';
import { type InnerHandlers, NoSession } from './inner-server.ts';
import { addressTowards } from './local-address.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import type { Steering } from './steering.ts';

interface Parts {
  readonly platform: Platform;
  readonly passwords: Passwords;
  readonly catalogs: Catalogs;
  readonly sessions: Sessions;
  readonly steering: Steering;
  readonly mediaHost: string | null;
}

const kinds = { live: 'Play', playback: 'Playback', download: 'Download' } as const;

export function innerHandlers(parts: Parts): InnerHandlers {
  const { platform, passwords, catalogs, sessions, steering } = parts;
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new NoSession();
    return value;
  };
  return {
    invite: (input) => invite(parts, input),
    ping: async ({ sessionId }) => there(sessions.ping(sessionId)),
    async bye({ sessionId }) {
      await there(sessions.get(sessionId)).bye();
      return {};
    },
    async control({ sessionId, control }) {
      await there(sessions.get(sessionId)).control(control);
      return {};
    },
    async key({ deviceId, channelId }) {
      await platform.keyFrame(deviceId, channelId);
      return {};
    },
    async ptz({ deviceId, channelId, command }) {
      await steering.run(deviceId, channelId, command);
      return {};
    },
    async presets({ deviceId, channelId }) {
      const { items = [] } = await platform.ask(deviceId, channelId, 'presetQuery', {}, 'presets');
      const read = items.map(({ presetId, name }) => ({
        preset: Number(presetId),
        name: cleanText(name, 40) ?? presetId,
      }));
      return { items: read.filter(({ preset }) => Number.isInteger(preset) && preset >= 1 && preset <= 255) };
    },
    catalog: ({ deviceId }) => catalogs.ask(deviceId),
    async reload() {
      await passwords.refresh();
      return {};
    },
  };
}

async function invite(parts: Parts, input: InnerInput<'invite'>): Promise<InnerOutput<'invite'>> {
  const { platform, sessions } = parts;
  const { deviceId, channelId, fromMs, toMs, local } = input;
  const registration = platform.devices().find((one) => one.registration.deviceId === deviceId)?.registration;
  if (!registration) throw new GbError('device', 'the device is not registered');
  const deviceHost = registration.remote.host;
  const address = local.address ?? parts.mediaHost ?? (await addressTowards(deviceHost));
  const taken = local.ssrc === undefined ? sessions.ssrcs.take(input.kind === 'live' ? 'live' : 'history') : null;
  try {
    const session = await platform.invite(deviceId, {
      kind: kinds[input.kind],
      channelId,
      startMs: fromMs,
      endMs: toMs,
      local: { address, port: local.port, transport: local.transport, ssrc: local.ssrc ?? taken ?? 0 },
    });
    const { remote } = session;
    return {
      sessionId: sessions.add(session, taken),
      remote: { address: remote.address, port: remote.port, payloads: [...remote.payloads] },
      deviceHost,
    };
  } catch (error) {
    if (taken !== null) sessions.ssrcs.free(taken);
    throw error;
  }
}

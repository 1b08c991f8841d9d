/** What other processes of the platform ask the SIP process for; texts are JSON of these shapes. */
import { z } from 'zod';
import { ptzCommandSchema } from '../contract/ptz.ts';

const number20 = z.string().regex(/^\d{20}$/);
const channel = { deviceId: number20, channelId: number20 };
const transport = z.enum(['udp', 'tcp-passive', 'tcp-active']);
const session = z.object({ sessionId: z.string() });
const done = z.object({});

interface InnerCall<I extends z.ZodType, O extends z.ZodType> {
  readonly path: string;
  readonly input: I;
  readonly output: O;
}
const call = <I extends z.ZodType, O extends z.ZodType>(path: string, input: I, output: O): InnerCall<I, O> => ({
  path,
  input,
  output,
});

export const innerCalls = {
  /** Asks a device to send; without an address the one that this machine has towards the device. */
  invite: call(
    '/inner/invite',
    z.object({
      ...channel,
      kind: z.enum(['live', 'playback', 'download']),
      fromMs: z.number().int().optional(),
      toMs: z.number().int().optional(),
      local: z.object({
        address: z.string().optional(),
        port: z.number().int().min(0).max(65_535),
        transport,
        ssrc: z.number().int().min(0).max(0xffff_ffff).optional(),
      }),
    }),
    z.object({
      sessionId: z.string(),
      /** What the device said of itself: hints. */
      remote: z.object({
        address: z.string(),
        port: z.number().int(),
        payloads: z.array(z.object({ payload: z.number().int(), encoding: z.string(), clockRate: z.number().int() })),
      }),
      /** Where the device registered from: media comes from there, whatever it says. */
      deviceHost: z.string(),
    }),
  ),
  /** A sign of life of who receives; `finished`: a playback is all sent. */
  ping: call('/inner/ping', session, z.object({ finished: z.boolean() })),
  bye: call('/inner/bye', session, done),
  /** Of a playback. */
  control: call(
    '/inner/control',
    session.extend({
      control: z.discriminatedUnion('type', [
        z.object({ type: z.literal('resume') }),
        z.object({ type: z.literal('pause') }),
        z.object({ type: z.literal('seek'), seconds: z.number().min(0) }),
        z.object({ type: z.literal('speed'), scale: z.number().min(0.25).max(16) }),
      ]),
    }),
    done,
  ),
  key: call('/inner/key', z.object(channel), done),
  /** A movement stops after a second unless it is sent again. */
  ptz: call('/inner/ptz', z.object({ ...channel, command: ptzCommandSchema }), done),
  presets: call(
    '/inner/presets',
    z.object(channel),
    z.object({ items: z.array(z.object({ preset: z.number().int(), name: z.string() })) }),
  ),
  catalog: call(
    '/inner/catalog',
    z.object({ deviceId: number20 }),
    z.object({ channels: z.number().int(), complete: z.boolean() }),
  ),
  /** Passwords changed, or a device may not register any more. */
  reload: call('/inner/reload', z.object({}), done),
} as const;
export type InnerName = keyof typeof innerCalls;
export type InnerInput<N extends InnerName> = z.output<(typeof innerCalls)[N]['input']>;
export type InnerOutput<N extends InnerName> = z.output<(typeof innerCalls)[N]['output']>;

/** Codes of `GbError`, and `session` for one that has ended. */
export const innerFailureSchema = z.object({ code: z.string(), message: z.string() });

export const innerHeader = 'x-wangge-inner';
export const innerPurpose = 'video.inner';
/** Clocks of one installation differ by less. */
export const innerFreshMs = 30_000;

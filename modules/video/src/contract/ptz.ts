/** Turning a camera. Whoever has the higher post takes it from the lower; equal ones wait until it is let go. */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

const byId = z.object({ id: idSchema });
const speed = z.number().min(-1).max(1);
export const ptzCommandSchema = z.discriminatedUnion('do', [
  /** Right, up and in are positive. Stops by itself after 1 s unless sent again. */
  z.object({ do: z.literal('move'), pan: speed, tilt: speed, zoom: speed }),
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('go'), preset: z.number().int().min(1).max(255) }),
  z.object({ do: z.literal('set'), preset: z.number().int().min(1).max(255), name: textSchema(40) }),
  z.object({ do: z.literal('forget'), preset: z.number().int().min(1).max(255) }),
]);
export type PtzCommand = z.output<typeof ptzCommandSchema>;
export const steerCamera = defineRoute({
  method: 'POST',
  path: '/api/video/cameras/:id/ptz',
  summary: 'Turn a camera; answers who holds it, and until when',
  access: { permission: 'video.steer' },
  params: byId,
  body: ptzCommandSchema,
  response: z.object({ heldByName: z.string(), heldUntilMs: timeMs }),
  ratePerMinute: 600,
});
export const cameraPresets = defineRoute({
  method: 'GET',
  path: '/api/video/cameras/:id/presets',
  summary: 'Named positions of a camera',
  access: { permission: 'video.watch' },
  params: byId,
  response: z.object({ items: z.array(z.object({ preset: z.number().int(), name: z.string() })) }),
});

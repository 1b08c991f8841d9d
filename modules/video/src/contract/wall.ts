/** Walls: which cameras in which layout; patrol tours (轮巡). */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const wallSizes = [1, 4, 9, 16] as const;
export const wallPlanSchema = z.object({
  name: textSchema(40),
  size: z.literal(wallSizes),
  /** In reading order; null: empty. */
  cells: z.array(idSchema.nullable()).max(16),
  /** Others of one's town may use it. */
  shared: z.boolean().default(false),
  /** A tour shows `cameraIds` in the wall, as many as fit, for `dwellS` each time. */
  tour: z
    .object({
      cameraIds: z.array(idSchema).min(1).max(500),
      dwellS: z.number().int().min(5).max(600),
      /** Only cameras where something moves (智能巡视). */
      movingOnly: z.boolean().default(false),
    })
    .nullable()
    .default(null),
});
export type WallPlan = z.output<typeof wallPlanSchema>;
export const wallSchema = wallPlanSchema.extend({
  id: idSchema,
  version: z.number().int(),
  byName: z.string(),
  own: z.boolean(),
  changedAtMs: timeMs,
});
export type Wall = z.infer<typeof wallSchema>;

const byId = z.object({ id: idSchema });
export const listWalls = defineRoute({
  method: 'GET',
  path: '/api/video/walls',
  summary: "One's own walls and shared ones",
  access: { permission: 'video.watch' },
  response: z.object({ items: z.array(wallSchema) }),
});
export const saveWall = defineRoute({
  method: 'PUT',
  path: '/api/video/walls/:id',
  summary: "Make or change a wall; the identifier is the client's, `version` 0 for a new one",
  access: { permission: 'video.watch' },
  params: byId,
  body: z.object({ version: z.number().int().min(0), wall: wallPlanSchema }),
  response: wallSchema,
});
export const deleteWall = defineRoute({
  method: 'DELETE',
  path: '/api/video/walls/:id',
  summary: "Delete a wall of one's own",
  access: { permission: 'video.watch' },
  params: byId,
  response: z.object({}),
});

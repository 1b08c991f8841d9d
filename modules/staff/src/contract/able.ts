/** Skills of a person and when they are away. */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const skillSchema = z.object({
  name: textSchema(30),
  /** Training that has to be repeated is good until then; null: for good. */
  trainedUntilMs: timeMs.nullable(),
});
export type Skill = z.infer<typeof skillSchema>;
export const leaveSchema = z
  .object({ fromMs: timeMs, toMs: timeMs })
  .refine((l) => l.fromMs < l.toMs, { path: ['toMs'] });
export type Leave = z.infer<typeof leaveSchema>;

const abilitySchema = z.object({
  skills: z.array(skillSchema),
  /** Present and future ones, earliest first. */
  leaves: z.array(leaveSchema),
  /** Skills that anybody here has, so that one thing has one name. */
  knownSkills: z.array(z.string()),
});
export type Ability = z.infer<typeof abilitySchema>;

export const readAbility = defineRoute({
  method: 'GET',
  path: '/api/staff/accounts/:id/ability',
  summary: 'Skills of a person and when they are away',
  access: { permission: 'staff.read' },
  params: z.object({ id: idSchema }),
  response: abilitySchema,
});
export const saveAbility = defineRoute({
  method: 'PUT',
  path: '/api/staff/accounts/:id/ability',
  summary: 'Replace the skills of a person and the present and future times away',
  access: { permission: 'staff.edit' },
  params: z.object({ id: idSchema }),
  body: z.object({
    skills: z
      .array(skillSchema)
      .max(40)
      .refine((list) => new Set(list.map((s) => s.name)).size === list.length),
    leaves: z.array(leaveSchema).max(40),
  }),
  response: abilitySchema,
});

/** How a camera is reached by ONVIF. */
import { z } from 'zod';

const sourceSchema = z.object({
  host: z.string(),
  port: z.number().int().default(80),
  user: z.string().nullable().default(null),
  mainProfile: z.string().nullable().default(null),
  subProfile: z.string().nullable().default(null),
});

export interface OnvifAddress extends z.output<typeof sourceSchema> {
  readonly password: string | null;
}

/** @param source of the register, kind `onvif` */
export function addressOf(source: Readonly<Record<string, unknown>>, password: string | null): OnvifAddress {
  return { ...sourceSchema.parse(source), password };
}

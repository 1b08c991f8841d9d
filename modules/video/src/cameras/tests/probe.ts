/** Asking the process that carries video whether an address answers. */
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { linkStateNames } from '../../contract.ts';

export interface ProbeTarget {
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}
const probedSchema = z.object({
  link: z.enum(linkStateNames),
  reason: z.string().nullable(),
  codec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  tookMs: z.number().int(),
});
export type Probed = z.infer<typeof probedSchema>;
export type Probe = (rt: Runtime, innerUrl: string, target: ProbeTarget) => Promise<Probed>;

const path = '/inner/probe';
/** Longer than the other side waits for a camera. */
const patienceMs = 40_000;

/** Signed, since it carries a password and makes a connection. @throws Error when the worker is not there or refuses */
export async function askProbe(rt: Runtime, innerUrl: string, target: ProbeTarget): Promise<Probed> {
  const body = JSON.stringify(target);
  const ms = String(Date.now());
  const response = await fetch(new URL(path, innerUrl), {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-wangge-inner': `${ms}.${rt.keys.sign('video.inner', ms, path, body)}`,
    },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`the media worker answered ${response.status}`);
  return probedSchema.parse(await response.json());
}

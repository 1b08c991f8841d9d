/** What devices have to be told of this platform. */
import { areaIndex } from '@wangge/areas';
import { readSetting, type Runtime, type Tx, writeSetting } from '@wangge/kernel';
import { z } from 'zod';

const settingName = 'video.gb-server';
const storedSchema = z.object({
  serverId: z.string().regex(/^\d{20}$/),
  domain: z.string(),
  host: z.string(),
  port: z.number().int(),
});
export type GbServer = z.infer<typeof storedSchema>;

/**
 * The platform's number where nobody gave one: area of 8 digits, industry 00, type 200, network 0, serial 000001
 * (GB/T 28181-2022 annex E).
 */
export function defaultServerId(rt: Runtime): string {
  const code = areaIndex(rt).root()?.code ?? '';
  return `${code.replace(/\D/g, '').padEnd(8, '0').slice(0, 8)}002000000001`;
}

/** As the SIP process was running last; null: it never was. */
export async function readServer(tx: Tx): Promise<GbServer | null> {
  const stored = storedSchema.safeParse(await readSetting(tx, settingName));
  return stored.success ? stored.data : null;
}
export function writeServer(tx: Tx, server: GbServer): Promise<void> {
  return writeSetting(tx, settingName, server);
}

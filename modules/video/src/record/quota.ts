/** How much of the disk recordings may take. */
import type { Config } from '@wangge/kernel';
import { diskOf } from './disk-state.ts';

const gib = 1024 ** 3;
const demoBytes = 2 * gib;
const shareOfDisk = 0.8;

/** `WANGGE_VIDEO_QUOTA_GB`, else 2 GiB in a demonstration, else four fifths of the disk. */
export async function quotaBytes(config: Config): Promise<number> {
  const told = Number(process.env['WANGGE_VIDEO_QUOTA_GB'] ?? '');
  if (Number.isFinite(told) && told > 0) return Math.round(told * gib);
  if (config.demo) return demoBytes;
  return Math.floor((await diskOf(config.dataDir)).totalBytes * shareOfDisk);
}

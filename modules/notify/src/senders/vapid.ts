/** The key pair by which push services know this platform (VAPID, RFC 8292). */
import { join } from 'node:path';
import { readOrCreate, type Runtime } from '@wangge/kernel';
import webpush from 'web-push';

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}
const loaded = new WeakMap<Runtime, VapidKeys>();

/** Reads `keys/vapid.json`, making it on first use. Lost, every browser has to be asked again. */
export function vapidKeys(rt: Runtime): VapidKeys {
  let keys = loaded.get(rt);
  if (!keys) {
    const file = join(rt.config.dataDir, 'keys', 'vapid.json');
    keys = JSON.parse(readOrCreate(file, () => JSON.stringify(webpush.generateVAPIDKeys()))) as VapidKeys;
    loaded.set(rt, keys);
  }
  return keys;
}

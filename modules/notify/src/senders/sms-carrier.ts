/** What carries text messages where no gateway is set up by an administrator. */
import type { Runtime } from '@wangge/kernel';

/** `demo`: nothing leaves, what was sent can be read at `/dev/inbox`. `none`: every message fails loudly. */
export function smsCarrier(rt: Runtime): 'environment' | 'demo' | 'none' {
  const url = process.env['WANGGE_SMS_URL'];
  if (url !== undefined && url !== '') return 'environment';
  return rt.config.demo ? 'demo' : 'none';
}

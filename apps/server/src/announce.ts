/** What stands on the terminal when everything runs: where to go, and as whom. */
import type { ServerOptions } from './options.ts';
import type { Prepared } from './role/prepare.ts';
import { authorityOf } from './tls/authority.ts';
import { say } from './terminal.ts';

const surfaces = [
  ['居民首页  residents', '/'],
  ['指挥调度  console', '/console/'],
  ['网格员端  field', '/field/'],
  ['接口文档  API', '/docs'],
] as const;

export function announce(options: ServerOptions, prepared: Prepared, port: number | undefined): void {
  if (port === undefined) return say('\nWangge runs (no web service on this machine).');
  const base = options.port === 0 ? options.publicUrl.replace(/:0$/, `:${port}`) : options.publicUrl;
  say('\n网格 Wangge');
  for (const [title, path] of surfaces) say(`  ${title.padEnd(18)} ${base}${path}`);
  if (options.demo) say(`  ${'短信收件 inbox'.padEnd(18)} ${base}/dev/inbox`);
  if (options.tls?.kind === 'self') {
    say(`  ${'安装证书 install CA'.padEnd(18)} ${base}/ca`);
    say(`    fingerprint ${authorityOf(options.dataDir).fingerprint}`);
  }
  for (const [index, { login, password, name }] of prepared.logins.entries()) {
    if (index === 0) say('\n  演示账号 demo accounts');
    say(`  ${login.padEnd(12)} ${password.padEnd(14)} ${name}`);
  }
  if (!options.demo) say('\n  first administrator: npx wangge user add NAME --role system-admin');
  say(`\n  data: ${options.dataDir}   Ctrl-C stops`);
}

/** From the supervisor's setup to the kernel's configuration. */
import type { Config } from '@wangge/kernel';
import type { RoleSetup } from '../protocol.ts';

/** The town's zone: deadlines, days and reports follow it. */
const zone = 'Asia/Shanghai';

export function configOf(setup: RoleSetup, poolSize: number): Config {
  return {
    databaseUrl: setup.databaseUrl,
    ownerUrl: setup.ownerUrl,
    dataDir: setup.dataDir,
    publicUrl: setup.publicUrl,
    demo: setup.demo,
    trustedProxies: setup.trustedProxies,
    version: setup.version,
    zone,
    poolSize,
    logLevel: setup.logLevel,
    rateLimits: process.env['WANGGE_RATE_LIMITS'] !== 'off',
  };
}

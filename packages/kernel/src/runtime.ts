/** What every use case gets through its transaction: database, clock, keys, files, live, log. */
import { join } from 'node:path';
import type pg from 'pg';
import { type Logger, pino } from 'pino';
import { type Actor, systemActor } from './access/actor.ts';
import { authorise, can, permissionsOf, type Target } from './access/permissions.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { makePool } from './db/pool.ts';
import type { FileStore } from './files/file-store.ts';
import { localStore } from './files/local-store.ts';
import { kernelModule } from './kernel-module.ts';
import { transact, type Tx } from './db/tx.ts';
import { type Keys, loadKeys } from './keys.ts';
import { LiveBus } from './live/bus.ts';
import { type Module, Registry } from './module.ts';

export interface Runtime {
  readonly config: Config;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly files: FileStore;
  readonly log: Logger;
  readonly pool: pg.Pool;
  readonly registry: Registry;
  readonly live: LiveBus;
  /** One transaction under an actor's scope. */
  tx<T>(actor: Actor, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction as the platform; `name` says which part of it. */
  system<T>(name: string, fn: (tx: Tx) => Promise<T>): Promise<T>;
  can(actor: Actor, permission: string, target?: Target): boolean;
  authorise(actor: Actor, permission: string, target?: Target): void;
  permissionsOf(actor: Actor): string[];
  close(): Promise<void>;
}

/** Puts a runtime together and starts every module; nothing listens yet. */
export async function openRuntime(
  config: Config,
  modules: readonly Module[],
  more: { clock?: Clock; log?: Logger } = {},
): Promise<Runtime> {
  const registry = new Registry([kernelModule, ...modules.filter((m) => m !== kernelModule)]);
  const log =
    more.log ??
    pino(
      {
        level: config.logLevel,
        // A line of the log must never be a way to someone's account or telephone.
        redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.totp', '*.phone', '*.token'],
      },
      // Not pino's own way to the descriptor: it tries for ever to get the last lines out to a closed terminal.
      process.stdout,
    );
  const pool = makePool({
    url: config.databaseUrl,
    max: config.poolSize,
    name: 'wangge',
    onError: (error) => log.warn({ err: error.message }, 'a database connection was lost'),
  });
  const live = new LiveBus(pool, log, config.databaseUrl);
  const stops: (() => Promise<void>)[] = [];
  const rt: Runtime = {
    config,
    clock: more.clock ?? systemClock,
    keys: loadKeys(config.dataDir),
    files: localStore(join(config.dataDir, 'files')),
    log,
    pool,
    registry,
    live,
    tx: (actor, fn) => transact(rt, actor, fn),
    system: (name, fn) => transact(rt, systemActor(name), fn),
    can: (actor, permission, target) => can(registry.permissions, actor, permission, target),
    authorise: (actor, permission, target) => authorise(registry.permissions, actor, permission, target),
    permissionsOf: (actor) => permissionsOf(registry.permissions, actor),
    async close() {
      for (const stop of stops.toReversed()) await stop();
      await live.close();
      await pool.end();
    },
  };
  try {
    for (const module of registry.modules) {
      const stop = await module.start?.(rt);
      if (stop) stops.push(stop);
    }
  } catch (error) {
    await rt.close();
    throw error;
  }
  return rt;
}

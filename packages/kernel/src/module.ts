/** A module announces everything it has in one list; the registry checks that nothing declared is missing. */
import type { EventShape } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import type { Actor } from './access/actor.ts';
import type { PermissionTable } from './access/permissions.ts';
import type { Tx } from './db/tx.ts';
import type { Handler } from './http/handle.ts';
import type { Runtime } from './runtime.ts';

/** A job's work. Runs at least once, so it must bear running twice. */
export type JobHandler = (rt: Runtime, payload: Record<string, unknown>) => Promise<void>;

/** What must hold together with something below: runs in the same transaction as the change above. */
export interface Hook<P> {
  readonly name: string;
  readonly _payload?: P;
}
export interface HookListener {
  readonly hook: string;
  readonly run: (tx: Tx, payload: never) => Promise<void>;
}
export function defineHook<P>(name: string): Hook<P> {
  return { name };
}
export function onHook<P>(hook: Hook<P>, run: (tx: Tx, payload: P) => Promise<void>): HookListener {
  return { hook: hook.name, run: run as HookListener['run'] };
}
export async function runHook<P>(tx: Tx, hook: Hook<P>, payload: P): Promise<void> {
  for (const listener of tx.rt.registry.listeners(hook.name)) await listener.run(tx, payload as never);
}

/**
 * Finds who asks from a request's cookies; exactly one module has it. `passive`: an open stream asks
 * whether it may stay, which must not count as the person's doing something.
 */
export type Authenticate = (
  rt: Runtime,
  cookies: Readonly<Record<string, string | undefined>>,
  address: string,
  more?: { readonly passive?: boolean },
) => Promise<Actor | null>;

export interface Module {
  readonly name: string;
  /** Folder of numbered SQL files: `new URL('../migrations/', import.meta.url)`. */
  readonly migrations?: URL;
  readonly routes?: readonly Handler[];
  /** Pages and wire formats that are not typed routes. */
  readonly plugin?: (app: FastifyInstance, rt: Runtime) => Promise<void> | void;
  readonly events?: readonly EventShape[];
  readonly jobs?: Readonly<Record<string, JobHandler>>;
  /** Jobs by the clock: task → crontab line in UTC, as graphile-worker reads it. */
  readonly cron?: Readonly<Record<string, string>>;
  /** By event type; each runs as a job of its own. */
  readonly reacts?: Readonly<Record<string, JobHandler>>;
  readonly hooks?: readonly Hook<unknown>[];
  readonly on?: readonly HookListener[];
  readonly permissions?: PermissionTable;
  readonly authenticate?: Authenticate;
  /** Steady work beside the jobs, in the processes that run those. The answer stops it. */
  readonly keep?: (rt: Runtime) => () => Promise<void>;
  /** Before the first request, in every process: load what lives in memory. The answer stops it. */
  readonly start?: (rt: Runtime) => Promise<(() => Promise<void>) | void>;
}
export function defineModule(module: Module): Module {
  return module;
}

/** All that the listed modules declare, joined. Throws at boot when something lacks its handler. */
export class Registry {
  readonly modules: readonly Module[];
  readonly permissions: PermissionTable;
  readonly authenticate: Authenticate;
  readonly #jobs = new Map<string, JobHandler>();
  readonly #subscribers = new Map<string, string[]>();
  readonly #listeners = new Map<string, HookListener[]>();

  constructor(modules: readonly Module[]) {
    this.modules = modules;
    const permissions: Record<string, PermissionTable[string]> = {};
    const events = new Set(modules.flatMap((m) => (m.events ?? []).map((e) => e.type)));
    const hooks = new Set(modules.flatMap((m) => (m.hooks ?? []).map((h) => h.name)));
    for (const module of modules) {
      for (const [name, rule] of Object.entries(module.permissions ?? {})) {
        if (permissions[name]) throw new Error(`permission ${name} is declared twice`);
        permissions[name] = rule;
      }
      for (const [task, run] of Object.entries(module.jobs ?? {})) {
        if (!task.startsWith(`${module.name}.`)) throw new Error(`job ${task} must carry the prefix of ${module.name}`);
        this.#jobs.set(task, run);
      }
      for (const task of Object.keys(module.cron ?? {})) {
        if (!this.#jobs.has(task)) throw new Error(`cron names job ${task}, which ${module.name} does not declare`);
      }
      for (const [type, run] of Object.entries(module.reacts ?? {})) {
        if (!events.has(type)) throw new Error(`${module.name} reacts to ${type}, which nobody declares`);
        this.#jobs.set(`react:${module.name}:${type}`, run);
        this.#subscribers.set(type, [...(this.#subscribers.get(type) ?? []), module.name]);
      }
      for (const listener of module.on ?? []) {
        if (!hooks.has(listener.hook))
          throw new Error(`${module.name} listens to hook ${listener.hook}, which nobody declares`);
        this.#listeners.set(listener.hook, [...(this.#listeners.get(listener.hook) ?? []), listener]);
      }
    }
    for (const module of modules) {
      for (const { route } of module.routes ?? []) {
        if (typeof route.access === 'object' && !permissions[route.access.permission]) {
          throw new Error(`${route.method} ${route.path} asks for ${route.access.permission}, which nobody declares`);
        }
      }
    }
    this.permissions = permissions;
    const authenticators = modules.flatMap((m) => (m.authenticate ? [m.authenticate] : []));
    if (authenticators.length > 1) throw new Error('two modules want to authenticate');
    this.authenticate = authenticators[0] ?? (() => Promise.resolve(null));
  }
  subscribers(type: string): readonly string[] {
    return this.#subscribers.get(type) ?? [];
  }
  listeners(hook: string): readonly HookListener[] {
    return this.#listeners.get(hook) ?? [];
  }
  jobs(): ReadonlyMap<string, JobHandler> {
    return this.#jobs;
  }
  assertJob(task: string): void {
    if (!this.#jobs.has(task)) throw new Error(`job ${task} is not declared`);
  }
}

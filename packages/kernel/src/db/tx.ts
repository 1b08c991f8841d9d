/** A transaction: the caller's scope is set first; events, jobs and audit rows go in just before commit. */
import type { EventPayload, EventShape } from '@wangge/contract-kit';
import { AppError } from '@wangge/contract-kit';
import pg from 'pg';
import type { Actor } from '../access/actor.ts';
import { prelude } from '../access/actor.ts';
import type { Runtime } from '../runtime.ts';
import { isRetryable, translateDbError } from './pool.ts';
import { type Sql, toQuery } from './sql.ts';

/** Who may hear of an event: everyone reaching the area, these accounts, these departments. */
export interface EventScope {
  /** Empty text: every signed-in account. */
  readonly areaPath: string;
  readonly subjectId: string;
  readonly accountIds?: readonly string[];
  readonly departmentIds?: readonly string[];
}

export interface JobOptions {
  /** Not before. */
  readonly runAtMs?: number;
  /** A later job of the same key replaces an unstarted one. */
  readonly key?: string;
  readonly queue?: string;
  readonly maxAttempts?: number;
}

export interface AuditEntry {
  /** `staff.log-in`; module first. */
  readonly action: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly purpose?: string;
  readonly details?: Record<string, unknown>;
  /** Who did it, where that is not who the transaction runs for: somebody who is just signing in. */
  readonly by?: Pick<Actor, 'kind' | 'id' | 'name'>;
}

/** Queries of one transaction. Row types are the caller's word for what its SQL selects. */
export class Tx {
  readonly rt: Runtime;
  readonly actor: Actor;
  readonly #client: pg.PoolClient;
  readonly #events: Record<string, unknown>[] = [];
  readonly #jobs: Record<string, unknown>[] = [];
  readonly #audit: Record<string, unknown>[] = [];
  readonly #afterCommit: (() => void)[] = [];
  #flushed = { events: 0, jobs: 0, audit: 0 };
  readonly #opening: string;
  #opened: Promise<unknown> | undefined;

  /** @param opening begins the transaction and sets the caller's scope */
  constructor(rt: Runtime, actor: Actor, client: pg.PoolClient, opening: string) {
    this.rt = rt;
    this.actor = actor;
    this.#client = client;
    this.#opening = opening;
  }
  async #query<R extends pg.QueryResultRow>(query: string | pg.QueryConfig): Promise<pg.QueryResult<R>> {
    if (this.#opened) return this.#client.query<R>(query);
    // Opening and first statement leave in one packet. Should the opening fail, the statement runs without
    // scope, so that policies show and change nothing, and the failure is what the caller gets.
    const { stream } = this.#client.connection;
    stream.cork();
    this.#opened = this.#client.query(this.#opening);
    const first = this.#client.query<R>(query);
    stream.uncork();
    const [, result] = await Promise.all([this.#opened, first]);
    return result;
  }
  async rows<R extends object>(query: Sql): Promise<R[]> {
    const result = await this.#query<R & pg.QueryResultRow>(toQuery(query));
    return result.rows;
  }
  async maybe<R extends object>(query: Sql): Promise<R | undefined> {
    return (await this.rows<R>(query))[0];
  }
  /** The one row; `not-found` where there is none (or none that the caller may see). */
  async one<R extends object>(query: Sql): Promise<R> {
    const row = await this.maybe<R>(query);
    if (!row) throw new AppError('not-found');
    return row;
  }
  /** Runs it and tells how many rows it touched. */
  async run(query: Sql): Promise<number> {
    const result = await this.#query(toQuery(query));
    return result.rowCount ?? 0;
  }
  /**
   * Runs `fn` so that its failure undoes what it did and nothing else: rows, and the events, jobs and audit rows that
   * it gathered. A deadlock runs it again, at most three times. Costs two round trips. One may lie within another;
   * two at once, or statements of `fn` that are still under way when it fails, may not be.
   *
   * @throws what `fn` throws; the transaction can go on
   */
  async savepoint<T>(fn: () => Promise<T>): Promise<T> {
    const lists = [this.#events, this.#jobs, this.#audit, this.#afterCommit];
    const lengths = lists.map((list) => list.length);
    const flushed = this.#flushed;
    for (let attempt = 1; ; attempt++) {
      await this.#query('savepoint kernel_part');
      try {
        const result = await fn();
        await this.#query('release savepoint kernel_part');
        return result;
      } catch (error) {
        await this.#query('rollback to savepoint kernel_part; release savepoint kernel_part');
        lists.forEach((list, i) => list.splice(lengths[i] ?? 0));
        this.#flushed = flushed;
        if (attempt < 3 && isRetryable(error)) continue;
        throw error;
      }
    }
  }
  get nowMs(): number {
    return this.rt.clock.nowMs();
  }
  /** An event of the outbox, and a job for each module that declared a reaction to it. */
  emit<E extends EventShape>(event: E, payload: EventPayload<E>, scope: EventScope): void {
    this.#events.push({
      type: event.type,
      payload: event.payload.parse(payload),
      live: event.live,
      area_path: scope.areaPath,
      subject_id: scope.subjectId,
      account_ids: scope.accountIds ?? [],
      department_ids: scope.departmentIds ?? [],
    });
    for (const subscriber of this.rt.registry.subscribers(event.type)) {
      this.#jobs.push({ task: `react:${subscriber}:${event.type}`, payload });
    }
  }
  /** A job in the same transaction: it exists if and only if the change does. */
  addJob(task: string, payload: Record<string, unknown>, options: JobOptions = {}): void {
    this.rt.registry.assertJob(task);
    this.#jobs.push({
      task,
      payload,
      run_at: options.runAtMs === undefined ? null : new Date(options.runAtMs).toISOString(),
      key: options.key ?? null,
      queue: options.queue ?? null,
      max_attempts: options.maxAttempts ?? null,
    });
  }
  /** A row of the audit trail, in the same transaction. */
  audit(entry: AuditEntry): void {
    const by = entry.by ?? this.actor;
    this.#audit.push({
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      purpose: entry.purpose ?? null,
      details: entry.details ?? null,
      actor_kind: by.kind,
      actor_id: by.id,
      actor_name: by.name,
      address: this.actor.address ?? null,
    });
  }
  afterCommit(fn: () => void): void {
    this.#afterCommit.push(fn);
  }
  /** @internal Writes what was gathered now; what comes later is written at the end. */
  async flush(): Promise<void> {
    const text = this.#flushText();
    if (text !== '') await this.#query(text);
  }
  /** @internal Writes what was gathered and commits, in one round trip. */
  async finish(): Promise<void> {
    const text = this.#flushText();
    // Whoever caught the error of a first statement may have caught that of the opening with it.
    if (this.#opened) await this.#opened;
    else if (text === '') return;
    await this.#query(`${text}commit`);
  }
  #flushText(): string {
    const gathered = [
      this.#events.slice(this.#flushed.events),
      this.#jobs.slice(this.#flushed.jobs),
      this.#audit.slice(this.#flushed.audit),
    ];
    if (gathered.every((list) => list.length === 0)) return '';
    this.#flushed = { events: this.#events.length, jobs: this.#jobs.length, audit: this.#audit.length };
    // A text of several statements takes no parameters: `pg` escapes the literals.
    const [events, jobs, audit] = gathered.map((list) => pg.escapeLiteral(JSON.stringify(list)));
    return `select kernel_flush(${events}::jsonb,${jobs}::jsonb,${audit}::jsonb);`;
  }
  /** @internal */
  committed(): void {
    const types = new Set(this.#events.filter((e) => e['live'] === true).map((e) => String(e['type'])));
    if (types.size > 0) this.rt.live.poke(types);
    if (this.#jobs.length > 0) this.rt.live.pokeJobs(this.#jobs.length);
    for (const fn of this.#afterCommit) fn();
  }
}

/**
 * Runs `fn` in one transaction under the actor's scope. Deadlocks and serialization failures run it
 * again (at most three times), so `fn` must do nothing outside but through `afterCommit`.
 */
export async function transact<T>(
  rt: Runtime,
  actor: Actor,
  fn: (tx: Tx) => Promise<T>,
  isolation: 'read committed' | 'repeatable read' = 'read committed',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let client: pg.PoolClient;
    try {
      client = await rt.pool.connect();
    } catch (error) {
      throw translateDbError(error);
    }
    let broken = false;
    try {
      const opening = prelude(actor);
      const tx = new Tx(
        rt,
        actor,
        client,
        isolation === 'read committed' ? opening : opening.replace(/^begin/, `begin isolation level ${isolation}`),
      );
      const result = await fn(tx);
      await tx.finish();
      tx.committed();
      return result;
    } catch (error) {
      try {
        await client.query('rollback');
      } catch {
        broken = true;
      }
      if (attempt < 3 && isRetryable(error)) continue;
      throw translateDbError(error);
    } finally {
      client.release(broken);
    }
  }
}

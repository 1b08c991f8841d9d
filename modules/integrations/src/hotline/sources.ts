/** Sources of orders: listed, saved, found by the key of who delivers. */
import { AppError } from '@wangge/contract-kit';
import { categoriesOf } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import type { HotlineMapping, HotlineSource } from '../contract/hotline.ts';

interface SourceRow extends Omit<HotlineSource, 'updatedAtMs'> {
  readonly updatedAt: Date;
}
const columns = sql`id, name, mapping, client_id as "clientId", active, updated_at as "updatedAt", version`;
const sourceOf = ({ updatedAt, ...row }: SourceRow): HotlineSource => ({ ...row, updatedAtMs: updatedAt.getTime() });

export async function listSources(tx: Tx): Promise<{ sources: HotlineSource[] }> {
  const rows = await tx.rows<SourceRow>(sql`select ${columns} from integrations_sources order by name`);
  return { sources: rows.map(sourceOf) };
}

/** @throws AppError `not-found` */
export async function findSource(tx: Tx, id: string): Promise<HotlineSource> {
  return sourceOf(await tx.one<SourceRow>(sql`select ${columns} from integrations_sources where id = ${id}`));
}

/** Of the client whose key it was; undefined where none is set up for it. */
export async function sourceOfClient(tx: Tx, clientId: string): Promise<HotlineSource | undefined> {
  const row = await tx.maybe<SourceRow>(
    sql`select ${columns} from integrations_sources where client_id = ${clientId} and active`,
  );
  return row && sourceOf(row);
}

/** @throws AppError `invalid-field` where a word leads to a category that is none */
async function checkWords(tx: Tx, mapping: HotlineMapping): Promise<void> {
  const book = await categoriesOf(tx);
  for (const [word, code] of Object.entries(mapping.category.words)) {
    const category = book.get(code);
    if (!category || category.parentCode === null) {
      throw new AppError('invalid-field', { field: `mapping.category.words.${word}` });
    }
  }
}

/**
 * @throws AppError `stale-edit`, `already-exists` (the name, or the client has a source already), `invalid-field`
 */
export async function saveSource(
  tx: Tx,
  id: string,
  input: {
    readonly name: string;
    readonly mapping: HotlineMapping;
    readonly clientId: string | null;
    readonly active: boolean;
    readonly version: number;
  },
): Promise<HotlineSource> {
  await checkWords(tx, input.mapping);
  // One at a time, so that two who save the same name are told apart.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('integrations-sources'))`);
  if (input.clientId !== null) {
    const client = await tx.maybe(
      sql`select 1 from integrations_clients where id = ${input.clientId} and revoked_at is null`,
    );
    if (!client) throw new AppError('invalid-field', { field: 'clientId' });
  }
  const rival = await tx.maybe<{ sameName: boolean }>(sql`select name = ${input.name} as "sameName"
    from integrations_sources where id <> ${id} and (name = ${input.name} or client_id = ${input.clientId}) limit 1`);
  if (rival) throw new AppError('already-exists', { field: rival.sameName ? 'name' : 'clientId' });
  const now = new Date(tx.nowMs);
  const mapping = JSON.stringify(input.mapping);
  const row = await tx.maybe<SourceRow>(
    input.version === 0
      ? sql`insert into integrations_sources (id, name, mapping, client_id, active, updated_at)
          values (${id}, ${input.name}, ${mapping}::jsonb, ${input.clientId}, ${input.active}, ${now})
          on conflict (id) do nothing returning ${columns}`
      : sql`update integrations_sources set name = ${input.name}, mapping = ${mapping}::jsonb,
          client_id = ${input.clientId}, active = ${input.active}, updated_at = ${now}, version = version + 1
          where id = ${id} and version = ${input.version} returning ${columns}`,
  );
  if (!row) throw new AppError('stale-edit', { field: 'version' });
  tx.audit({
    action: 'integrations.save-source',
    subject: { kind: 'hotline-source', id },
    details: { name: input.name, active: input.active },
  });
  return sourceOf(row);
}

/** What of a database is ours, asked of PostgreSQL's own catalogue. */
import pg from 'pg';

export interface TableInfo {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** PostgreSQL's estimate. */
  readonly rows: number;
}
export interface Named {
  readonly schema: string;
  readonly name: string;
}

/** The schema of the job queue. */
export const jobsSchema = 'graphile_worker';
/** Made by the migrations themselves. */
const notCopied = new Set(['public.kernel_migrations', 'public.kernel_restoring', `${jobsSchema}.migrations`]);

export function quoted(it: Named): string {
  return `${pg.escapeIdentifier(it.schema)}.${pg.escapeIdentifier(it.name)}`;
}

/** A session whose COPY texts read the same on every server. */
export async function settle(client: pg.Client): Promise<void> {
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
    set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set row_security = off;
    set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`);
}

/** Tables with rows of their own (leaves of partitioned ones), by the prefixes of the modules that were migrated. */
export async function ownTables(client: pg.Client): Promise<TableInfo[]> {
  const result = await client.query<TableInfo & { rows: string }>(
    `select n.nspname as schema, c.relname as name, greatest(c.reltuples, 0)::bigint as rows,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and (n.nspname = $1 or n.nspname = 'public' and exists (
       select 1 from kernel_migrations m where starts_with(c.relname::text, m.module || '_')))
     order by 1, 2`,
    [jobsSchema],
  );
  return result.rows
    .filter((table) => !notCopied.has(`${table.schema}.${table.name}`))
    .map((table) => ({ ...table, rows: Number(table.rows) }));
}

/** Leaves of partitioned tables: months come and go, so migrations do not know them. Parents before children. */
export async function ownPartitions(client: pg.Client): Promise<(Named & { parent: string; bound: string })[]> {
  const result = await client.query<Named & { parent: string; bound: string }>(
    `select n.nspname as schema, c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
     where c.relispartition and c.relkind = 'r' and n.nspname = 'public' order by 1, 3, 2`,
  );
  return result.rows;
}

export async function ownSequences(
  client: pg.Client,
  tables: readonly Named[],
): Promise<(Named & { lastValue: string; isCalled: boolean })[]> {
  // Those that belong to a column of ours, which is all there are.
  const found = await client.query<Named>(
    `select n.nspname as schema, s.relname as name
     from pg_class s join pg_namespace n on n.oid = s.relnamespace
       join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
       join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
     where s.relkind = 'S' and d.deptype in ('a', 'i') and tn.nspname || '.' || t.relname = any($1) order by 1, 2`,
    [tables.map((t) => `${t.schema}.${t.name}`)],
  );
  const sequences = [];
  for (const it of found.rows) {
    const state = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value::text, is_called from ${quoted(it)}`,
    );
    const row = state.rows[0];
    if (row) sequences.push({ ...it, lastValue: row.last_value, isCalled: row.is_called });
  }
  return sequences;
}

/** Foreign keys of our tables, as statements that take them off and put them on again. */
export async function foreignKeys(client: pg.Client): Promise<{ drop: string; add: string }[]> {
  const result = await client.query<{ table: string; name: string; definition: string }>(
    `select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
     where c.contype = 'f' and c.conparentid = 0 and n.nspname in ('public', $1) order by 1, 2`,
    [jobsSchema],
  );
  return result.rows.map(({ table, name, definition }) => ({
    drop: `alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`,
    add: `alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`,
  }));
}

/** The first relation that is neither PostgreSQL's nor an extension's; undefined in an empty database. */
export async function firstRelation(client: pg.Client): Promise<string | undefined> {
  const result = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by c.relname = 'kernel_restoring' desc, 1 limit 1`,
  );
  return result.rows[0]?.name;
}

/** A fingerprint of every table's content, whatever order its rows lie in. */
import pg from 'pg';

/** @param snapshot look at that moment, while another session holds it */
export async function tableHashes(url: string, snapshot?: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    if (snapshot !== undefined) await client.query(`set transaction snapshot '${snapshot}'`);
    const tables = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') order by 1`,
    );
    const hashes = new Map<string, string>();
    for (const { name } of tables.rows) {
      // When a migration ran is the one thing that a restore tells anew.
      if (['kernel_migrations', 'graphile_worker.migrations'].includes(name)) continue;
      const result = await client.query<{ hash: string; n: string }>(
        `select count(*) as n, md5(coalesce(string_agg(t::text, E'\\n' order by t::text collate "C"), '')) as hash
         from ${name} t`,
      );
      hashes.set(name, `${result.rows[0]?.n} ${result.rows[0]?.hash}`);
    }
    return hashes;
  } finally {
    await client.end();
  }
}

/** People at work: transactions over several tables that must be seen whole or not at all. */
import { newId } from '@wangge/contract-kit';
import type pg from 'pg';

export interface Writers {
  /** Transactions committed so far. */
  readonly committed: number;
  stop(): Promise<void>;
}

export function startWriters(pool: pg.Pool, count: number): Writers {
  let going = true;
  let committed = 0;
  const write = async (writer: number): Promise<void> => {
    const client = await pool.connect();
    try {
      for (let n = 0; going; n++) {
        await client.query('begin');
        const box = await client.query<{ id: string }>(
          'insert into vault_boxes (label, parent_id) values ($1, (select max(id) from vault_boxes)) returning id',
          [`箱 ${writer}/${n} \\ tab\there\nnew line 𠮷`],
        );
        const thing = newId();
        await client.query('insert into vault_things values ($1, $2, $3, $4, $5, $6, now(), $7)', [
          thing,
          box.rows[0]?.id,
          Buffer.from([0, 10, 13, 9, 92, n % 256]),
          Math.PI * n,
          ['', '\\N', 'a,b', `"${n}"`],
          JSON.stringify({ n, nothing: null, text: '\u0001' }),
          `${n} days ${n} milliseconds`,
        ]);
        await client.query('update vault_boxes set best_thing_id = $1 where id = $2', [thing, box.rows[0]?.id]);
        await client.query(`select kernel_flush('[]', '[]', $1::jsonb)`, [
          JSON.stringify([{ actor_kind: 'system', actor_name: 'writer', action: 'vault.put' }]),
        ]);
        await client.query('commit');
        committed++;
      }
    } finally {
      client.release();
    }
  };
  const running = Promise.all(Array.from({ length: count }, (_, writer) => write(writer)));
  return {
    get committed() {
      return committed;
    },
    async stop() {
      going = false;
      await running;
    },
  };
}

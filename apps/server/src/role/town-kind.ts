/** Which kind of town a database holds, so that a demo and a real town never mix. */
import pg from 'pg';
import { z } from 'zod';
import { Failure } from '../failure.ts';

const settingName = 'server.town';

const townSchema = z.object({
  kind: z.enum(['demo', 'demo-public', 'empty']),
  /** The demo's past is all there. */
  historyDone: z.boolean(),
  /** When the town was made: the demo's past ends there, however often its loading is interrupted. */
  madeAtMs: z.number().int(),
});
export type Town = z.infer<typeof townSchema>;
export type TownKind = Town['kind'];

const refusals: Readonly<Record<TownKind, Readonly<Partial<Record<TownKind, string>>>>> = {
  demo: {
    'demo-public': 'This data folder holds a demo whose passwords are public: choose another folder with --data',
    empty: 'This data folder holds the demo town: choose another folder with --data for a town of your own',
  },
  'demo-public': {
    empty: 'This data folder holds the demo town: choose another folder with --data for a town of your own',
  },
  empty: {
    demo: 'This data folder holds a town of your own: start it with --empty',
    'demo-public': 'This data folder holds a town of your own: start it with --empty',
  },
};

/**
 * Settle what the database holds: what was said at its first start stays.
 *
 * @throws Failure when something else is asked for now
 */
export async function settleTown(ownerUrl: string, asked: TownKind): Promise<Town> {
  return withClient(ownerUrl, async (client) => {
    const first: Town = { kind: asked, historyDone: false, madeAtMs: Date.now() };
    await client.query(`insert into kernel_settings (name, value) values ($1, $2) on conflict (name) do nothing`, [
      settingName,
      JSON.stringify(first),
    ]);
    const found = await client.query<{ value: unknown }>('select value from kernel_settings where name = $1', [
      settingName,
    ]);
    const town = townSchema.parse(found.rows[0]?.value);
    const refusal = refusals[town.kind][asked];
    if (refusal !== undefined) throw new Failure(refusal);
    return town;
  });
}

/** What `settleTown` settled. */
export async function readTown(ownerUrl: string): Promise<Town> {
  const found = await withClient(ownerUrl, (client) =>
    client.query<{ value: unknown }>('select value from kernel_settings where name = $1', [settingName]),
  );
  return townSchema.parse(found.rows[0]?.value);
}

export async function markHistoryDone(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) =>
    client.query(`update kernel_settings set value = value || '{"historyDone": true}' where name = $1`, [settingName]),
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

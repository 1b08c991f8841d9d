/** The server's last answers to this person, for when there is no signal. They go with the sign-out. */
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { areaShapes, basemap, listAreas } from '@wangge/areas/contract';
import { listMyTasks } from '@wangge/dispatch/contract';
import { getIncident, listCategories, readClocks } from '@wangge/incidents/contract';
import { listMyRounds } from '@wangge/patrols/contract';
import type { Me } from '@wangge/staff/contract';
import { meKey } from '../session/me.tsx';
import { entriesOf, inStores } from './database.ts';

interface Answer {
  readonly key: QueryKey;
  readonly data: unknown;
  /** Phone's clock. */
  readonly atMs: number;
}

const kept: ReadonlySet<unknown> = new Set(
  [listMyTasks, listMyRounds, getIncident, readClocks, listCategories, listAreas, areaShapes, basemap].map(
    ({ path }) => path,
  ),
);
/** Tasks of last week are no help. */
const oldestMs = 7 * 86_400_000;
const meName = JSON.stringify(meKey);
let owner: string | null = null;
/** One write after the other, so that an end is never overtaken. */
let writing: Promise<unknown> = Promise.resolve();

/** Puts back what was kept: who one was first, and only what that person was told. */
export async function restoreAnswers(client: QueryClient): Promise<void> {
  const answers = await entriesOf<Answer>('answers');
  const me = answers.get(meName);
  if (!me) return;
  owner = (me.data as Me).account.id;
  const tooOldMs = Date.now() - oldestMs;
  for (const [name, { key, data, atMs }] of answers) {
    if (atMs < tooOldMs && name !== meName) write((store) => store.delete(name));
    // What has just been fetched is newer.
    else if (client.getQueryData(key) === undefined) client.setQueryData(key, data, { updatedAt: atMs });
  }
}

/** From now on every answer worth it is kept, under the person it was given to. */
export function keepAnswers(client: QueryClient): void {
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const { query } = event;
    if (JSON.stringify(query.queryKey) === meName) return takeMe(client, query);
    if (owner === null || !kept.has(query.queryKey[0])) return;
    keep(query);
  });
}

function takeMe(client: QueryClient, query: Query): void {
  const me = query.state.data as Me | null | undefined;
  const id = me?.account.id ?? null;
  if (id === owner) {
    if (id !== null) keep(query);
    return;
  }
  const before = owner;
  owner = id;
  write((store) => store.clear());
  if (before !== null) {
    // Nothing that the one was told is shown to the other.
    const others = { predicate: (other: Query) => other !== query };
    void (id === null ? client.removeQueries(others) : client.resetQueries(others));
  }
  if (id !== null) keep(query);
}

function keep({ queryKey, state }: Query): void {
  const answer: Answer = { key: queryKey, data: state.data, atMs: state.dataUpdatedAt };
  write((store) => store.put(answer, JSON.stringify(queryKey)));
}

function write(work: (store: IDBObjectStore) => void): void {
  writing = writing
    .then(() => inStores<void>(['answers'], 'readwrite', (store) => work(store('answers'))))
    // A full disk: the page works on with what it has in memory.
    .catch(() => undefined);
}

/** The database itself: made when the server does not have it yet. */
import pg from 'pg';
import { Failure } from '../failure.ts';

const databaseMissing = '3D000';

/** @throws Failure when the server cannot be reached or refuses */
export async function ensureDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    if ((error as { code?: unknown }).code === databaseMissing) return createDatabase(ownerUrl);
    throw new Failure(`The database does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function createDatabase(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.toString(), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)} encoding 'UTF8' template template0`);
  } catch (error) {
    // Two machines starting on one server: the other was first.
    if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
  } finally {
    await client.end();
  }
}

/** A connection of its own that waits for NOTIFY, and comes back by itself. */
import pg from 'pg';

export interface Listener {
  /** Connected and listening just now? */
  readonly alive: boolean;
  /** Tries to connect where it is not; never rejects. */
  ensure(): Promise<void>;
  close(): Promise<void>;
}

/** @param heard called at each notification, and after each (re)connection: something may have been missed */
export function listenTo(options: {
  url: string;
  channel: string;
  heard: () => void;
  lost: (error: Error) => void;
}): Listener {
  let client: pg.Client | null = null;
  let connecting: Promise<void> | null = null;
  let closed = false;

  const connect = async (): Promise<void> => {
    const mine = new pg.Client({
      connectionString: options.url,
      application_name: 'wangge-live',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    mine.on('notification', options.heard);
    mine.on('error', (error) => {
      if (client === mine) client = null;
      if (!closed) options.lost(error);
    });
    mine.on('end', () => {
      if (client === mine) client = null;
    });
    try {
      await mine.connect();
      await mine.query(`listen ${pg.escapeIdentifier(options.channel)}`);
      if (closed) return await mine.end();
      client = mine;
      options.heard();
    } catch (error) {
      options.lost(error instanceof Error ? error : new Error(String(error)));
      await mine.end().catch(() => undefined);
    }
  };
  return {
    get alive() {
      return client !== null;
    },
    async ensure() {
      if (closed || client) return;
      connecting ??= connect().finally(() => {
        connecting = null;
      });
      await connecting;
    },
    async close() {
      closed = true;
      await connecting;
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}

/** What the supervisor and its children say to each other over the IPC channel. */
import type { RoleName, SipAt, TlsSource } from './options.ts';

/** Everything a role needs; it travels over IPC, so that no secret shows in `ps`. */
export interface RoleSetup {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly mediaPort: number;
  /** Null: beside `publicUrl`, on the media worker's port. */
  readonly mediaUrl: string | null;
  readonly demo: boolean;
  readonly demoPublic: boolean;
  readonly trustedProxies: readonly string[];
  readonly version: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSource | null;
  readonly sip: SipAt;
}

export type TaskName = 'prepare' | 'history';
export type ChildName = RoleName | TaskName;

export type ToChild = { readonly type: 'setup'; readonly setup: RoleSetup } | { readonly type: 'stop' };

export type FromChild =
  /** The child does its work: an API listens (on this port). */
  | { readonly type: 'ready'; readonly port?: number }
  /** Sent every two seconds; a child whose event loop stands still sends none. */
  | { readonly type: 'beat'; readonly rssBytes: number }
  | { readonly type: 'progress'; readonly text: string; readonly done?: number; readonly total?: number }
  /** A task's answer, before it ends. */
  | { readonly type: 'result'; readonly value: unknown }
  /** Cannot work, and trying again will not help. */
  | { readonly type: 'fatal'; readonly line: string };

export const beatMs = 2000;

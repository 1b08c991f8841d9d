/** What `start` is told, from the command line and the environment, checked before anything starts. */
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';
import { isLoopbackHost, lanAddresses } from './network.ts';

export const roles = ['media', 'sip', 'api', 'jobs'] as const;
export type RoleName = (typeof roles)[number];

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Null: PostgreSQL out of npm, inside the data folder. */
  readonly databaseUrl: string | null;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Where the media worker listens; 0: the system chooses; null: beside `port` if that is free. */
  readonly mediaPort: number | null;
  /** Where browsers reach the media worker, without a slash at its end; null: beside `publicUrl`, on its own port. */
  readonly mediaUrl: string | null;
  /** The demo town, or an empty one. */
  readonly demo: boolean;
  /** The demo is open to others: its passwords are random. */
  readonly demoPublic: boolean;
  readonly tls: TlsSource | null;
  readonly trustedProxies: readonly string[];
  readonly roles: readonly RoleName[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly sip: SipAt;
}

/** Where cameras register (GB/T 28181). */
export interface SipAt {
  readonly host: string;
  readonly port: number;
  /** 20 digits; null: made of the town's code. */
  readonly serverId: string | null;
}

export type TlsSource =
  | { readonly kind: 'files'; readonly cert: string; readonly key: string }
  /** Our own authority in the data folder. */
  | { readonly kind: 'self' };

/** As commander hands them over; every one may come from the environment instead. */
export interface RawOptions {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly databaseUrl?: string;
  readonly publicUrl?: string;
  readonly mediaPort?: string;
  readonly publicMediaUrl?: string;
  readonly empty?: boolean;
  readonly demoPublic?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsSelf?: boolean;
  readonly trustedProxies?: string;
  readonly roles?: string;
  readonly logLevel?: string;
  readonly sipHost?: string;
  readonly sipPort?: string;
  readonly sipId?: string;
}

/** Names of proxy-addr for whole ranges. */
const proxyRanges = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** `a, b` as a list; what stands in it is checked by the item's schema. */
function listOf<T extends z.ZodType<string, string>>(item: T) {
  const parts = z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
  return parts.pipe(z.array(item).min(1));
}

const schema = z.object({
  host: z.string().trim().min(1).optional(),
  port: z.coerce.number().int().min(0).max(65535).default(8080),
  data: z.string().min(1).default('./data'),
  databaseUrl: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host/database' })
    .optional(),
  publicUrl: z.url({ protocol: /^https?$/, error: 'must look like https://wangge.example.cn' }).optional(),
  mediaPort: z.coerce.number().int().min(0).max(65535).optional(),
  publicMediaUrl: z.url({ protocol: /^https?$/, error: 'must look like https://wangge.example.cn' }).optional(),
  empty: z.boolean().default(false),
  demoPublic: z.boolean().default(false),
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  tlsSelf: z.boolean().default(false),
  trustedProxies: listOf(
    z.string().refine(isProxy, 'must be addresses, networks (10.0.0.0/8) or loopback, linklocal, uniquelocal'),
  ).default([]),
  roles: listOf(z.enum(roles)).default([...roles]),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  sipHost: z.ipv4().optional(),
  sipPort: z.coerce.number().int().min(0).max(65535).default(5060),
  sipId: z
    .string()
    .regex(/^\d{20}$/, 'must be 20 digits')
    .optional(),
});

const flagNames: Readonly<Record<string, string>> = {
  host: '--host',
  port: '--port (PORT)',
  data: '--data (WANGGE_DATA)',
  databaseUrl: 'DATABASE_URL',
  publicUrl: 'PUBLIC_URL',
  mediaPort: '--media-port (WANGGE_MEDIA_PORT)',
  publicMediaUrl: 'PUBLIC_MEDIA_URL',
  trustedProxies: '--trusted-proxies',
  roles: 'WANGGE_ROLES',
  logLevel: '--log-level',
  sipHost: 'WANGGE_SIP_HOST',
  sipPort: '--sip-port (WANGGE_SIP_PORT)',
  sipId: 'WANGGE_SIP_ID',
};

type Env = Readonly<Record<string, string | undefined>>;

/** The environment's part; the command line wins over it. */
function fromEnv(env: Env): Record<string, string | boolean> {
  const all = {
    host: env['WANGGE_HOST'],
    port: env['PORT'],
    data: env['WANGGE_DATA'],
    databaseUrl: env['DATABASE_URL'],
    publicUrl: env['PUBLIC_URL'],
    mediaPort: env['WANGGE_MEDIA_PORT'],
    publicMediaUrl: env['PUBLIC_MEDIA_URL'],
    tlsCert: env['WANGGE_TLS_CERT'],
    tlsKey: env['WANGGE_TLS_KEY'],
    trustedProxies: env['WANGGE_TRUSTED_PROXIES'],
    roles: env['WANGGE_ROLES'],
    logLevel: env['WANGGE_LOG_LEVEL'],
    sipHost: env['WANGGE_SIP_HOST'],
    sipPort: env['WANGGE_SIP_PORT'],
    sipId: env['WANGGE_SIP_ID'],
    empty: env['WANGGE_EMPTY'] === '1' ? true : undefined,
  };
  const set = Object.entries(all).filter(
    (entry): entry is [string, string | boolean] => entry[1] !== undefined && entry[1] !== '',
  );
  return Object.fromEntries(set);
}

/**
 * Parse and judge the options.
 *
 * @throws Failure naming the option at fault and what it may be
 */
export function parseOptions(raw: RawOptions, env: Env = process.env): ServerOptions {
  const parsed = schema.safeParse({ ...fromEnv(env), ...raw });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? '');
    throw new Failure(`${flagNames[name] ?? name}: ${issue?.message ?? 'is not right'}`);
  }
  const given = parsed.data;
  const tls = tlsOf(given);
  const demo = !given.empty;
  if (given.demoPublic && !demo) throw new Failure('--demo-public and --empty exclude each other');
  const host = given.host ?? (given.demoPublic ? '0.0.0.0' : '127.0.0.1');
  refuseOpenHost({ host, demo, demoPublic: given.demoPublic, secure: tls !== null });
  return {
    host,
    port: given.port,
    dataDir: resolve(given.data),
    databaseUrl: given.databaseUrl ?? null,
    publicUrl: (given.publicUrl ?? defaultPublicUrl(host, given.port, tls !== null)).replace(/\/+$/, ''),
    mediaPort: given.mediaPort ?? null,
    mediaUrl: given.publicMediaUrl?.replace(/\/+$/, '') ?? null,
    demo,
    demoPublic: given.demoPublic,
    tls,
    trustedProxies: given.trustedProxies,
    roles: [...new Set(given.roles)],
    logLevel: given.logLevel,
    sip: { host: given.sipHost ?? sipHostFor(host), port: given.sipPort, serverId: given.sipId ?? null },
  };
}

/** Cameras come from where people come from; those that stand elsewhere are let in by WANGGE_SIP_HOST. */
function sipHostFor(host: string): string {
  if (isLoopbackHost(host)) return '127.0.0.1';
  return isIP(host) === 4 ? host : '0.0.0.0';
}

function tlsOf(given: {
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  tlsSelf: boolean;
}): TlsSource | null {
  if ((given.tlsCert === undefined) !== (given.tlsKey === undefined)) {
    throw new Failure('--tls-cert and --tls-key belong together');
  }
  if (given.tlsCert !== undefined && given.tlsKey !== undefined) {
    if (given.tlsSelf) throw new Failure('--tls-self makes its own certificate: leave out --tls-cert and --tls-key');
    return { kind: 'files', cert: resolve(given.tlsCert), key: resolve(given.tlsKey) };
  }
  return given.tlsSelf ? { kind: 'self' } : null;
}

/** A demo whose passwords everybody knows stays on this machine; real data never travel in the clear. */
function refuseOpenHost(at: { host: string; demo: boolean; demoPublic: boolean; secure: boolean }): void {
  if (isLoopbackHost(at.host)) return;
  if (at.demo && !at.demoPublic) {
    throw new Failure(
      `The demo town's passwords are public, so it listens on this machine only, not on ${at.host}: use --demo-public for random passwords, or --empty`,
    );
  }
  if (!at.demo && !at.secure) {
    throw new Failure(
      `Plain HTTP on ${at.host} is refused outside the demo: use --tls-cert and --tls-key, --tls-self, or a reverse proxy on this machine`,
    );
  }
}

function defaultPublicUrl(host: string, port: number, secure: boolean): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? (lanAddresses()[0] ?? '127.0.0.1') : host;
  return `${secure ? 'https' : 'http'}://${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

function isProxy(text: string): boolean {
  if (proxyRanges.has(text)) return true;
  const [address = '', bits] = text.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  if (bits === undefined) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false;
  }
}

/** What the running platform is told from outside; parsed once, by the server's command line. */

export interface Config {
  /** Connection of the role that owns nothing: everything the application does runs here. */
  readonly databaseUrl: string;
  /** Connection of the owner: migrations, jobs' own tables, backup. */
  readonly ownerUrl: string;
  /** Folder with files, keys and anchors. */
  readonly dataDir: string;
  /** What people type, without trailing slash: `https://wangge.example.cn`. */
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly trustedProxies: readonly string[];
  readonly version: string;
  /** IANA zone of the town; times are stored in UTC. */
  readonly zone: string;
  readonly poolSize: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Limits on public routes; off only in tests and benchmarks that send from one address. */
  readonly rateLimits: boolean;
}

/** Does this address lead anywhere but to this machine itself? Signs with such an address are useless. */
export function isLoopbackUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    host.startsWith('127.') ||
    host === '0.0.0.0'
  );
}

/** Certificates for the service: read once, and again whenever they change, without a restart. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:http';
import { type SecureContextOptions, Server as TlsServer } from 'node:tls';
import { Failure } from '../failure.ts';
import type { TlsSource } from '../options.ts';
import { certifiedKey } from './authority.ts';

interface Log {
  info(line: string): void;
  error(facts: { err: string }, line: string): void;
}

/** How often changed files are looked for; renewals are days apart. */
const watchMs = 5000;
const renewEveryMs = 12 * 3_600_000;

/** @throws Failure when a file is missing, is no certificate, or does not fit its key */
export function readTls(source: TlsSource, dataDir: string): SecureContextOptions {
  if (source.kind === 'self') return { ...certifiedKey(dataDir), minVersion: 'TLSv1.2' };
  const [cert, key] = [readText(source.cert, '--tls-cert'), readText(source.key, '--tls-key')];
  let fits: boolean;
  try {
    fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new Failure(`${source.cert} and ${source.key} must be PEM files: ${(cause as Error).message}`);
  }
  if (!fits) throw new Failure(`The key ${source.key} does not belong to the certificate ${source.cert}`);
  return { cert, key, minVersion: 'TLSv1.2' };
}

function readText(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Failure(`${flag}: cannot read ${file}: ${(cause as Error).message}`);
  }
}

/**
 * Take over new certificates while running. Polling by `watchFile` also sees what `inotify` misses:
 * links that are swapped, as certbot and Kubernetes do. Until both files fit, the old ones stay.
 *
 * @returns how to stop looking
 */
export function reloadTls(server: Server, source: TlsSource, dataDir: string, log: Log, everyMs = watchMs): () => void {
  const apply = (): void => {
    if (!(server instanceof TlsServer)) return;
    try {
      server.setSecureContext(readTls(source, dataDir));
      log.info('certificates loaded anew');
    } catch (error) {
      log.error({ err: (error as Error).message }, 'the changed certificates are not usable; the old ones stay');
    }
  };
  if (source.kind === 'self') {
    const timer = setInterval(apply, renewEveryMs);
    timer.unref();
    return () => clearInterval(timer);
  }
  for (const file of [source.cert, source.key]) watchFile(file, { interval: everyMs, persistent: false }, apply);
  return () => {
    for (const file of [source.cert, source.key]) unwatchFile(file, apply);
  };
}

import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorityOf, certifiedKey, serialNumber } from '../src/tls/authority.ts';
import { registerAuthorityPage } from '../src/tls/authority-page.ts';
import { readTls, reloadTls } from '../src/tls/serve.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wangge-tls-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Serial number of the certificate that a server shows to a client that trusts `ca`. */
function shake(port: number, ca: string, name: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: name }, () => {
      done(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once('error', fail);
  });
}

describe('our own authority', () => {
  it('certifies names and addresses so that a client that trusts it connects', async () => {
    const made = certifiedKey(home, ['localhost', 'town.local', '127.0.0.1']);
    const server = createServer(made).listen(0);
    const { port } = server.address() as AddressInfo;
    const ca = authorityOf(home).pem;
    await expect(shake(port, ca, 'town.local')).resolves.toMatch(/^[0-9A-F]+$/);
    await expect(shake(port, ca, 'elsewhere.example')).rejects.toThrow(/altnames/);
    server.close();
    for (const file of ['authority.key', 'server.key'])
      expect(statSync(join(home, 'tls', file)).mode & 0o777).toBe(0o600);
  });

  it('keeps its certificate while it fits, and its authority when names change', () => {
    const first = certifiedKey(home, ['localhost']);
    expect(certifiedKey(home, ['localhost'])).toEqual(first);
    const ca = authorityOf(home);
    const second = certifiedKey(home, ['localhost', '192.0.2.1']);
    expect(second.cert).not.toBe(first.cert);
    expect(new X509Certificate(second.cert).checkIP('192.0.2.1')).toBe('192.0.2.1');
    expect(authorityOf(home)).toEqual(ca);
  });

  it('numbers its certificates so that they are read, whatever chance says', () => {
    for (let first = 0; first < 256; first++) {
      for (const second of [0x00, 0x7f, 0x80, 0xff]) {
        const octets = Buffer.from(serialNumber(Buffer.from([first, second, 1])), 'hex');
        // Neither negative nor padded (X.690 §8.3.2): the first nine bits are not alike, the first is zero.
        expect(octets[0]).toBeGreaterThan(0);
        expect(octets[0]).toBeLessThan(0x80);
        expect(octets.subarray(1)).toEqual(Buffer.from([second, 1]));
      }
    }
  });

  it('is valid no longer than phones allow', () => {
    const cert = new X509Certificate(certifiedKey(home, ['localhost']).cert);
    const days = (Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / 86_400_000;
    expect(days).toBeLessThan(398);
    expect(new X509Certificate(authorityOf(home).pem).ca).toBe(true);
  });

  it('offers itself on a page in two languages', async () => {
    certifiedKey(home, ['localhost']);
    const app = Fastify();
    registerAuthorityPage(app, home);
    const page = await app.inject('/ca');
    expect(page.body).toContain(authorityOf(home).fingerprint);
    expect(page.body).toMatch(/安装本镇证书[\s\S]*Install the town's certificate/);
    const file = await app.inject('/ca.crt');
    expect(file.headers['content-type']).toBe('application/x-x509-ca-cert');
    expect(file.body).not.toContain('PRIVATE KEY');
    await app.close();
  });
});

describe('certificates from files', () => {
  function writePair(dir: string, names: readonly string[]) {
    const made = certifiedKey(join(home, dir), names);
    const source = { kind: 'files', cert: join(home, 'a.crt'), key: join(home, 'a.key') } as const;
    writeFileSync(source.key, made.key);
    writeFileSync(source.cert, made.cert);
    return source;
  }

  it('are refused in one line when they are missing, damaged or do not fit', () => {
    const source = writePair('one', ['localhost']);
    expect(() => readTls({ ...source, cert: join(home, 'none.crt') }, home)).toThrow(/--tls-cert: cannot read/);
    const other = certifiedKey(join(home, 'two'), ['localhost']);
    writeFileSync(source.key, other.key);
    expect(() => readTls(source, home)).toThrow(/does not belong to the certificate/);
    writeFileSync(source.cert, 'hello');
    expect(() => readTls(source, home)).toThrow(/must be PEM files/);
  });

  it('are taken over while the server runs, and bad ones are not', async () => {
    const source = writePair('one', ['localhost']);
    const server = createServer(readTls(source, home)).listen(0);
    const { port } = server.address() as AddressInfo;
    const log = { info: vi.fn(), error: vi.fn() };
    const stop = reloadTls(server as unknown as Server, source, home, log, 50);
    const before = await shake(port, authorityOf(join(home, 'one')).pem, 'localhost');
    writeFileSync(source.cert, 'half a file');
    await vi.waitFor(() => expect(log.error).toHaveBeenCalled(), 15_000);
    expect(await shake(port, authorityOf(join(home, 'one')).pem, 'localhost')).toBe(before);
    writePair('two', ['localhost']);
    const trusted = authorityOf(join(home, 'two')).pem;
    await vi.waitFor(async () => expect(await shake(port, trusted, 'localhost')).not.toBe(before), 15_000);
    stop();
    server.close();
  });
});

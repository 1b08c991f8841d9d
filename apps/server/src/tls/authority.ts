/**
 * An authority of our own for a town without certificates: phones give GPS and camera to pages over
 * HTTPS only. The authority is installed once on each phone; certificates for this machine's names
 * come from it and are renewed by themselves.
 */
import { X509Certificate, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import forge from 'node-forge';
import { ownNames } from '../network.ts';

export interface CertifiedKey {
  /** PEM; the authority follows the certificate. */
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;
const authorityDays = 3650;
/** Phones refuse longer ones (Apple: 398 days). */
const certificateDays = 390;
const renewDays = 30;

/** Make or renew what is missing, old, or made for other names of this machine. */
export function certifiedKey(dataDir: string, names: readonly string[] = ownNames()): CertifiedKey {
  const dir = join(dataDir, 'tls');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const authority = readOrMakeAuthority(dir);
  const [certFile, keyFile] = [join(dir, 'server.crt'), join(dir, 'server.key')];
  if (existsSync(certFile) && existsSync(keyFile)) {
    const cert = readFileSync(certFile, 'utf8');
    if (isUsable(cert, authority.cert, names))
      return { cert: cert + authority.cert, key: readFileSync(keyFile, 'utf8') };
  }
  const made = makeCertificate(authority, names);
  // The key first: a certificate without its key would be no use after a kill in between.
  writeWhole(keyFile, made.key);
  writeWhole(certFile, made.cert);
  return { cert: made.cert + authority.cert, key: made.key };
}

/** The authority's certificate (PEM) and what people compare before they trust it. */
export function authorityOf(dataDir: string): { pem: string; fingerprint: string } {
  const pem = readOrMakeAuthority(join(dataDir, 'tls')).cert;
  return { pem, fingerprint: new X509Certificate(pem).fingerprint256 };
}

function isUsable(pem: string, authorityPem: string, names: readonly string[]): boolean {
  const cert = new X509Certificate(pem);
  if (!cert.verify(new X509Certificate(authorityPem).publicKey)) return false;
  if (Date.parse(cert.validTo) - Date.now() < renewDays * dayMs) return false;
  return names.every((name) => (isIP(name) === 0 ? cert.checkHost(name) : cert.checkIP(name)) !== undefined);
}

function readOrMakeAuthority(dir: string): CertifiedKey {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [certFile, keyFile] = [join(dir, 'authority.crt'), join(dir, 'authority.key')];
  if (existsSync(certFile) && existsSync(keyFile)) {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  }
  const { publicKey, privateKey } = newKeyPair();
  const cert = forge.pki.createCertificate();
  const suffix = randomBytes(3).toString('hex');
  const subject = [
    { name: 'commonName', value: `Wangge local authority ${suffix}` },
    { name: 'organizationName', value: 'Wangge' },
  ];
  begin(cert, publicKey, authorityDays);
  cert.setSubject(subject);
  cert.setIssuer(subject);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  cert.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  const made = { cert: forge.pki.certificateToPem(cert).replaceAll('\r', ''), key: privateKey };
  writeWhole(keyFile, made.key);
  writeWhole(certFile, made.cert);
  return made;
}

function makeCertificate(authority: CertifiedKey, names: readonly string[]): CertifiedKey {
  const issuer = forge.pki.certificateFromPem(authority.cert);
  const { publicKey, privateKey } = newKeyPair();
  const cert = forge.pki.createCertificate();
  begin(cert, publicKey, certificateDays);
  cert.setSubject([{ name: 'commonName', value: names.find((name) => isIP(name) === 0) ?? 'wangge' }]);
  cert.setIssuer(issuer.subject.attributes);
  // Kinds of names in RFC 5280 §4.2.1.6: 2 is a DNS name, 7 an address.
  const altNames = names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }));
  cert.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ]);
  cert.sign(forge.pki.privateKeyFromPem(authority.key), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(cert).replaceAll('\r', ''), key: privateKey };
}

/**
 * A positive number in as few octets as it needs (RFC 5280 §4.1.2.2, X.690 §8.3.2). One that begins with zeros would be
 * padding, and a certificate with padding is read by nobody: of random octets each 512th number begins so.
 *
 * @returns hexadecimal digits
 */
export function serialNumber(random: Buffer): string {
  const octets = Buffer.from(random);
  octets[0] = 0x40 | ((octets[0] ?? 0) & 0x3f);
  return octets.toString('hex');
}

function begin(cert: forge.pki.Certificate, publicKey: string, days: number): void {
  cert.publicKey = forge.pki.publicKeyFromPem(publicKey);
  cert.serialNumber = serialNumber(randomBytes(16));
  // Phones whose clock is a little behind must not find it not yet valid.
  cert.validity.notBefore = new Date(Date.now() - dayMs);
  cert.validity.notAfter = new Date(Date.now() + days * dayMs);
}

function newKeyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function writeWhole(file: string, text: string): void {
  const partial = `${file}.${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  writeFileSync(partial, text, { mode: 0o600, flush: true });
  renameSync(partial, file);
}

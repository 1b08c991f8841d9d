/**
 * The anchors: a file outside the database, one signed line for each minute in which the chain grew.
 * Whoever rewrites the database cannot make it agree with them.
 */
import { mkdirSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { algo } from './chain.ts';
import type { AnchorChecker, AnchorSigner } from './signing-key.ts';

const anchorSchema = z.object({
  v: z.literal(1),
  atMs: z.number().int(),
  /** How many rows were sealed then: the position of the last one. */
  position: z.number().int().positive(),
  hash: z.string(),
  algo: z.string(),
  key: z.string(),
  sig: z.string(),
});
export type Anchor = z.infer<typeof anchorSchema>;

export function anchorFile(dataDir: string): string {
  return join(dataDir, 'audit', 'anchors.log');
}

function signedText(anchor: Omit<Anchor, 'sig'>): string {
  return ['wangge-audit', anchor.v, anchor.atMs, anchor.position, anchor.hash, anchor.algo, anchor.key].join(' ');
}

/** Appends one line and waits until it is on the disk. */
export async function appendAnchor(
  dataDir: string,
  signer: AnchorSigner,
  head: { position: number; hash: Buffer },
  atMs: number,
): Promise<Anchor> {
  const bare = {
    v: 1 as const,
    atMs,
    position: head.position,
    hash: head.hash.toString('hex'),
    algo,
    key: signer.keyId,
  };
  const anchor = { ...bare, sig: signer.sign(signedText(bare)) };
  const file = anchorFile(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    await dropTornLine(handle);
    await handle.write(`${JSON.stringify(anchor)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return anchor;
}

/** A power cut in the middle of a line leaves half of it; that half never was an anchor. */
async function dropTornLine(handle: Awaited<ReturnType<typeof open>>): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const length = Math.min(size, 4096);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  const lastBreak = buffer.lastIndexOf(0x0a);
  if (lastBreak === length - 1) return;
  await handle.truncate(lastBreak < 0 ? size - length : size - length + lastBreak + 1);
}

export interface AnchorsRead {
  /** With a right signature, in the order of the file. */
  readonly anchors: readonly Anchor[];
  /** Lines that no key of ours signed, with what is wrong about them. */
  readonly bad: readonly { readonly line: number; readonly text: string }[];
}

/** Reads and checks the file; one that is missing reads as empty. */
export async function readAnchors(dataDir: string, check: AnchorChecker): Promise<AnchorsRead> {
  let text: string;
  try {
    text = await readFile(anchorFile(dataDir), 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return { anchors: [], bad: [] };
    throw error;
  }
  const anchors: Anchor[] = [];
  const bad: { line: number; text: string }[] = [];
  const lines = text.split('\n');
  // What follows the last line break is empty, or torn off by a power cut.
  lines.pop();
  for (const [n, line] of lines.entries()) {
    const anchor = parseLine(line);
    if (!anchor) {
      bad.push({ line: n + 1, text: `line ${n + 1} of the anchors is not an anchor` });
      continue;
    }
    const verdict = check(signedText(anchor), anchor.sig, anchor.key);
    if (verdict === 'right') anchors.push(anchor);
    else if (verdict === 'wrong') bad.push({ line: n + 1, text: `line ${n + 1} of the anchors has a wrong signature` });
    else {
      bad.push({
        line: n + 1,
        text: `line ${n + 1} of the anchors was signed with key ${anchor.key}, whose public half is not in keys/`,
      });
    }
  }
  return { anchors, bad };
}

function parseLine(line: string): Anchor | undefined {
  try {
    return anchorSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Reads files out of a ZIP that are stored as they are: what copies consist of. */
import type { FileHandle } from 'node:fs/promises';

export interface ZipEntry {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
}

const endBytes = 22;
const maxComment = 65_535;
const maxDirectory = 1 << 20;

/** @throws Error when it is no ZIP, or one of a kind that no copy is */
export async function zipEntries(file: FileHandle): Promise<ZipEntry[]> {
  const size = (await file.stat()).size;
  const tail = await readAt(file, Math.max(0, size - endBytes - maxComment), Math.min(size, endBytes + maxComment));
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + endBytes > tail.length) throw new Error('no ZIP file');
  let directoryBytes = tail.readUInt32LE(end + 12);
  let directoryAt = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (locator >= 0 && tail.toString('latin1', locator, locator + 4) === 'PK\x06\x07') {
    const large = await readAt(file, Number(tail.readBigUInt64LE(locator + 8)), 56);
    directoryBytes = Number(large.readBigUInt64LE(40));
    directoryAt = Number(large.readBigUInt64LE(48));
  }
  if (directoryBytes > maxDirectory) throw new Error('a ZIP of many files');
  const directory = await readAt(file, directoryAt, directoryBytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.toString('latin1', at, at + 4) === 'PK\x01\x02';) {
    const [nameBytes, extraBytes] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30)];
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    if (directory.readUInt16LE(at + 10) !== 0) throw new Error(`${name} is compressed`);
    const extra = directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes);
    const place = placeOf(directory, at, extra);
    const local = await readAt(file, place.offset, 30);
    const offset = place.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
    if (offset + place.bytes > size) throw new Error(`${name} is cut off`);
    entries.push({ name, offset, bytes: place.bytes });
    at += 46 + nameBytes + extraBytes + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Sizes beyond 4 GiB stand in an extra field of their own (APPNOTE 4.5.3), in this order. */
function placeOf(directory: Buffer, at: number, extra: Buffer): { bytes: number; offset: number } {
  const plain = directory.readUInt32LE(at + 24);
  let [bytes, offset] = [plain, directory.readUInt32LE(at + 42)];
  for (let field = 0; field + 4 <= extra.length; field += 4 + extra.readUInt16LE(field + 2)) {
    if (extra.readUInt16LE(field) !== 1) continue;
    let next = field + 4;
    if (plain === 0xffff_ffff) {
      bytes = Number(extra.readBigUInt64LE(next));
      next += 8;
    }
    if (directory.readUInt32LE(at + 20) === 0xffff_ffff) next += 8;
    if (offset === 0xffff_ffff) offset = Number(extra.readBigUInt64LE(next));
  }
  return { bytes, offset };
}

/** @throws Error when the file ends before */
export async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead < length) throw new Error('the file is cut off');
  return bytes;
}

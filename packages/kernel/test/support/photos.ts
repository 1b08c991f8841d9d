/** Photos made on the spot, and forms that carry them. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Left half red, right half blue, so that a test can see how it was turned. */
export async function photo(
  widthPx: number,
  heightPx: number,
  more: { orientation?: number; gps?: boolean; format?: 'jpeg' | 'png' | 'webp' } = {},
): Promise<Buffer> {
  const half = await sharp({
    create: { width: Math.ceil(widthPx / 2), height: heightPx, channels: 3, background: '#0000ff' },
  })
    .png()
    .toBuffer();
  let image = sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: '#ff0000' } }).composite([
    { input: half, gravity: 'east' },
  ]);
  if (more.gps) {
    image = image.withExif({
      IFD0: { Make: 'Telephone', Artist: 'A Person' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '120/1 30/1 0/1' },
    });
  }
  if (more.orientation !== undefined) image = image.withMetadata({ orientation: more.orientation });
  return image.toFormat(more.format ?? 'jpeg').toBuffer();
}

/** A PNG of a few kilobytes that claims (and would unfold to) `edge` × `edge` pixels. */
export function pngBomb(edge: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length, 0);
    head.write(type, 4, 'latin1');
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])), 0);
    return Buffer.concat([head, data, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Buffer.alloc(Math.ceil(edge / 8) + 1);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(row.length * edge, row), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The body of `POST /api/files` and its content type. */
export async function formWith(
  bytes: Buffer,
  name = 'photo.jpg',
  taken?: string,
): Promise<{ payload: Buffer; headers: { 'content-type': string } }> {
  const form = new FormData();
  if (taken !== undefined) form.append('taken', taken);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name);
  const response = new Response(form);
  return {
    payload: Buffer.from(await response.arrayBuffer()),
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
  };
}

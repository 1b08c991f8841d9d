/** From any photo a phone makes to one that is safe to keep and to show. */
import { AppError } from '@wangge/contract-kit';
import exifr from 'exifr';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';

// Two cores serve a town: one thread for an image, and no decoded pixels kept for later.
sharp.concurrency(1);
sharp.cache(false);

export interface ReadyPhoto {
  readonly full: Buffer;
  readonly thumb: Buffer;
  /** Of `full`, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where the camera says it was, WGS 84 degrees. */
  readonly place: { readonly lon: number; readonly lat: number } | null;
}

/** By content, whatever the name says. HEIC passes where this build of libvips has a decoder for it. */
const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/heic', 'image/heif']);
/** A "50 megapixel" camera gives 8160 × 6144 = 50.1 million; beyond 50 Mi it is a bomb or a scan. */
const maxPixels = 50 * 1024 * 1024;
const fullEdgePx = 1920;
const thumbEdgePx = 320;
const jpegOptions = { quality: 80, mozjpeg: false } as const;

/**
 * Upright, at most 1920 px along its longer edge, JPEG, without any metadata; and a thumbnail of 320 px.
 *
 * @throws AppError `not-an-image` (also for a damaged one), `image-too-large`
 */
export async function readPhoto(bytes: Buffer): Promise<ReadyPhoto> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type || !photoTypes.has(type.mime)) {
    throw new AppError('not-an-image', type ? { details: { found: type.mime } } : {});
  }
  await checkSize(bytes);
  try {
    const { data: full, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: fullEdgePx, height: fullEdgePx, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg(jpegOptions)
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(full)
      .resize({ width: thumbEdgePx, height: thumbEdgePx, fit: 'inside', withoutEnlargement: true })
      .jpeg(jpegOptions)
      .toBuffer();
    return { full, thumb, width: info.width, height: info.height, place: await placeOf(bytes) };
  } catch (cause) {
    // Its head was an image's; what follows is cut off, damaged, or in a coding we have no decoder for.
    throw new AppError('not-an-image', { details: { found: type.mime }, cause });
  }
}

/** From the header alone: a bomb must be refused before a pixel of it is decoded. */
async function checkSize(bytes: Buffer): Promise<void> {
  let size: { width: number; height: number };
  try {
    size = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new AppError('not-an-image', { cause });
  }
  if (size.width * size.height > maxPixels) {
    throw new AppError('image-too-large', { details: { width: size.width, height: size.height, maxPixels } });
  }
}

async function placeOf(bytes: Buffer): Promise<ReadyPhoto['place']> {
  try {
    const gps = await exifr.gps(bytes);
    const { longitude: lon, latitude: lat } = gps;
    // Cameras without a fix write zeros; Null Island lies in no town.
    if (!Number.isFinite(lon) || !Number.isFinite(lat) || (lon === 0 && lat === 0)) return null;
    return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
  } catch {
    // No tags, or damaged ones: a photo is worth having without its place.
    return null;
  }
}

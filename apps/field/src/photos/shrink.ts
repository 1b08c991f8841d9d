/** Longest side in pixels: enough to read a number plate across a street, about 300 kB. */
export const longestSide = 1600;
const quality = 0.82;

/** Size within a square of `longest`, same proportions, never enlarged, at least one pixel. */
export function fitWithin(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A smaller JPEG, upright, without any metadata: drawing it again is what drops them.
 *
 * @throws DOMException or Error when the file is no picture that this browser can read
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const size = fitWithin(picture.width, picture.height, longestSide);
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas to draw the photo on');
    // A transparent screenshot would otherwise turn black.
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, size.width, size.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, size.width, size.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (!blob) throw new Error('the photo could not be written');
    return blob;
  } finally {
    picture.close();
  }
}

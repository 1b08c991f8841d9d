/** A QR code (ISO/IEC 18004) as the outline of its dark modules. */
import QRCode from 'qrcode';

/** @returns an SVG path on a square of `size` units, without the quiet zone (which is 4 units wide) */
export function qrOutline(text: string): { path: string; size: number } {
  // Level Q bears a quarter of the sign being scratched or faded.
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'Q' });
  let path = '';
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return { path, size: modules.size };
}

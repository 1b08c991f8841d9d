/** Photos as a phone takes them, drawn in the browser: no binary file in the repository. */
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

export interface DrawnPhoto {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A lamp at night, as JPEG of some 20 kB. */
export async function lampPhoto(page: Page, name = 'lamp.jpg'): Promise<DrawnPhoto> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1200;
    canvas.height = 900;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#446';
    pen.fillRect(0, 0, 1200, 900);
    pen.fillStyle = '#fd6';
    pen.fillRect(500, 100, 60, 700);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  });
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** Begins as a JPEG does; what follows is no picture. On the disk, where the browser takes it without a copy. */
export function hugeFile(path: string, megabytes: number): string {
  const bytes = Buffer.alloc(megabytes * 1024 * 1024);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  writeFileSync(path, bytes);
  return path;
}

/** Somebody renamed their letter. */
export function textAsPhoto(): DrawnPhoto {
  return { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('村口第二盏路灯不亮') };
}

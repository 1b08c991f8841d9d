/** Burns who took a copy, when and why into every picture of it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Watermark {
  /** Who and of which unit; the number of the copy and why. */
  readonly lines: readonly string[];
  /** When the first picture was taken; the clock runs on in every picture. */
  readonly startMs: number;
  readonly zone: string;
}

const fontPaths = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
];

/** A font with Chinese; null: the machine has none. */
function chineseFont(): string | null {
  const found = spawnSync('fc-match', ['-f', '%{file}|%{lang}', 'sans:lang=zh-cn'], { encoding: 'utf8' });
  const [file = '', languages = ''] = found.status === 0 ? found.stdout.split('|') : [];
  if (languages.includes('zh') && existsSync(file)) return file;
  return fontPaths.find((path) => existsSync(path)) ?? null;
}

/** Without a font for them Chinese letters would be empty boxes. */
function latinOnly(line: string): string {
  return line.replaceAll(/[^\u0020-\u024f]+/gu, ' ').trim();
}

/**
 * Encodes a clip anew with its watermark. The folder takes small files with the texts, so that nothing that people
 * typed is ever read as a filter.
 *
 * @param told.onShare 0 to 1, as it goes on
 * @throws Error when ffmpeg fails or takes longer than `timeoutMs`
 */
export async function burnIn(
  ffmpeg: string,
  paths: { readonly from: string; readonly to: string; readonly folder: string },
  mark: Watermark,
  told: { readonly seconds: number; readonly timeoutMs: number; onShare(share: number): void },
): Promise<void> {
  const font = chineseFont();
  const base = [font === null ? '' : `fontfile=${font}`, 'fontcolor=white@0.85', 'fontsize=max(12\\,h/28)', 'borderw=2']
    .filter((part) => part !== '')
    .join(':');
  const filters = [`drawtext=${base}:x=h/40:y=h/40:text='%{pts\\:localtime\\:${(mark.startMs / 1000).toFixed(3)}}'`];
  for (const [i, line] of mark.lines.entries()) {
    const file = join(paths.folder, `line-${i}.txt`);
    await writeFile(file, font === null ? latinOnly(line) : line);
    filters.push(`drawtext=${base}:x=h/40:y=h/40+${i + 1}*max(16\\,h/22):textfile=${file}:expansion=none`);
  }
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-progress',
    'pipe:1',
    '-i',
    paths.from,
    '-vf',
    filters.join(','),
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-crf',
    '24',
    '-pix_fmt',
    'yuv420p',
    '-fps_mode',
    'passthrough',
    '-c:a',
    'aac',
    '-threads',
    '1',
    '-movflags',
    '+faststart',
    paths.to,
  ];
  const child = spawn('nice', ['-n', '10', ffmpeg, ...args], {
    env: { ...process.env, TZ: mark.zone },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: told.timeoutMs,
    killSignal: 'SIGKILL',
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, us] = /^out_time_us=(\d+)$/.exec(line) ?? [];
    if (us !== undefined) told.onShare(Math.min(1, Number(us) / 1e6 / Math.max(0.04, told.seconds)));
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}: ${errors}`);
}

/** A chosen file as the server takes it. */

const mostBytes = 8 * 1024 * 1024;

export interface FileContent {
  readonly format: 'csv' | 'xlsx';
  /** Base64. */
  readonly content: string;
}

/** Null where it is too large. */
export async function contentOf(file: File): Promise<FileContent | null> {
  if (file.size > mostBytes) return null;
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
  return { format: /\.xlsx$/i.test(file.name) ? 'xlsx' : 'csv', content: url.slice(url.indexOf(',') + 1) };
}

export const fileKinds = '.csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Forms as browsers send them: `application/x-www-form-urlencoded`, or multipart where there are photos. */
import { AppError } from '@wangge/contract-kit';
import { maxUploadBytes } from '@wangge/kernel/contract';
import { showAgain } from '../pages/layout.ts';
import type { App, Request } from './http.ts';

export class FormFields {
  readonly #values = new Map<string, string[]>();
  add(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }
  /** The first value; empty text where there is none. */
  get(name: string): string {
    return this.#values.get(name)?.[0] ?? '';
  }
  /** Only the head's switches were pressed: nothing is decided yet. */
  get showAgain(): boolean {
    return this.get(showAgain.name) === showAgain.value;
  }
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

export function registerFormParser(app: App): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 256 * 1024 },
    (_request, body, done) => {
      const fields = new FormFields();
      for (const [name, value] of new URLSearchParams(String(body))) fields.add(name, value);
      done(null, fields);
    },
  );
}

/** Photos of forms held in memory at once; more wait outside. */
const maxAtOnce = 8;
let atOnce = 0;

/**
 * Reads a form. Each file is handed on as it comes, so that one is in memory at a time; `onFile` sees the
 * fields before it (our pages put the form's token first). A file over the limit comes as `null`.
 *
 * @throws AppError `unavailable` while too many forms with photos are being read
 */
export async function readForm(
  request: Request,
  onFile: (fields: FormFields, bytes: Buffer | null) => Promise<void> = () => Promise.resolve(),
): Promise<FormFields> {
  if (!request.isMultipart()) return request.body instanceof FormFields ? request.body : new FormFields();
  if (atOnce >= maxAtOnce) throw new AppError('unavailable', { details: { retryAfterS: 5 } });
  atOnce++;
  try {
    const fields = new FormFields();
    // One photo that is too large must not cost the rest of the form.
    const options = {
      limits: { fileSize: maxUploadBytes, files: 10, fields: 60, fieldSize: 64 * 1024 },
      throwFileSizeLimit: false,
    };
    for await (const part of request.parts(options)) {
      if (part.type === 'field') fields.add(part.fieldname, String(part.value));
      else {
        const bytes = await part.toBuffer();
        // A file input that was left empty sends a nameless file of no bytes.
        if (bytes.length === 0 && !part.filename) continue;
        await onFile(fields, part.file.truncated ? null : bytes);
      }
    }
    return fields;
  } finally {
    atOnce--;
  }
}

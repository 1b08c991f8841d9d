/** Photos of a form: stored as they arrive, and kept through every further try. */
import { AppError, placeSchema } from '@wangge/contract-kit';
import { type Runtime, storePhoto } from '@wangge/kernel';
import { z } from 'zod';
import type { PageContext } from '../pages/context.ts';
import type { KeptPhoto } from '../pages/report-form.ts';
import { limits } from '../rules.ts';
import { type Request, residentActor } from './http.ts';
import type { FormFields } from './read-form.ts';
import { seal, unseal } from './sealed.ts';

export const heldPhotoSchema = z.object({
  /** Of the form: a photo kept for one form serves no other. */
  key: z.uuid(),
  fileId: z.uuid(),
  thumbUrl: z.string(),
  place: placeSchema.nullable(),
});
export type HeldPhoto = z.infer<typeof heldPhotoSchema>;

export class ReportPhotos {
  readonly #rt: Runtime;
  readonly #request: Request;
  readonly #ctx: PageContext;
  #held: HeldPhoto[] = [];
  #problem: string | undefined;

  constructor(rt: Runtime, request: Request, ctx: PageContext) {
    this.#rt = rt;
    this.#request = request;
    this.#ctx = ctx;
  }

  /** Takes over what earlier tries of this form left, but for those that were ticked to be left out. */
  keep(key: string, fields: FormFields): void {
    const dropped = new Set(fields.all('drop'));
    for (const sealed of fields.all('kept')) {
      if (dropped.has(sealed) || this.#held.length >= limits.photos) continue;
      const photo = unseal(this.#rt, 'photo', heldPhotoSchema, sealed);
      if (photo.key === key && !this.#held.some((p) => p.fileId === photo.fileId)) this.#held.push(photo);
    }
  }

  /** @param bytes null for a file over the limit */
  async add(key: string, bytes: Buffer | null): Promise<void> {
    const t = this.#ctx.t.fields;
    if (this.#held.length >= limits.photos) {
      this.#problem = t.photoTooMany;
      return;
    }
    if (bytes === null) {
      this.#problem = t.photoTooLarge;
      return;
    }
    try {
      const stored = await storePhoto(this.#rt, residentActor(this.#request), bytes);
      this.#held.push({ key, fileId: stored.fileId, thumbUrl: stored.thumbUrl, place: stored.place });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'not-an-image') this.#problem = t.photoNotImage;
      else if (error.code === 'image-too-large' || error.code === 'file-too-large') this.#problem = t.photoTooLarge;
      else throw error;
    }
  }

  /** Where the script of the page found the photos to be taken, before it made them smaller. */
  notePlace(place: { readonly lon: number; readonly lat: number } | null): void {
    const [first, ...rest] = this.#held;
    if (place && first && this.#held.every((photo) => photo.place === null))
      this.#held = [{ ...first, place }, ...rest];
  }

  get problem(): string | undefined {
    return this.#problem;
  }
  get held(): readonly HeldPhoto[] {
    return this.#held;
  }
}

/** Sealed text of photos that are already held, for the form's next showing. */
export function keptPhotos(rt: Runtime, held: readonly HeldPhoto[]): KeptPhoto[] {
  return held.map((photo) => ({ sealed: seal(rt, 'photo', photo), thumbUrl: photo.thumbUrl }));
}

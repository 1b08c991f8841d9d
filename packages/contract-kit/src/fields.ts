/** Field types that every contract shares. */
import { z } from 'zod';

/** A WGS 84 place in degrees. */
export const placeSchema = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  /** Radius of uncertainty in metres, as the phone reports it. */
  accuracyM: z.number().min(0).max(1_000_000).optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** Milliseconds since 1970 in UTC. Every time in every contract is one of these. */
export const timeMs = z.number().int();

/** Text a person typed: trimmed, no control characters but line breaks, at least one character. */
export function textSchema(maxChars: number) {
  return z
    .string()
    .transform((s) => s.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(maxChars)
        // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
        .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u),
    );
}

export const langSchema = z.enum(['zh', 'en']);
export type Lang = z.infer<typeof langSchema>;
/** A text in both languages of the interface. */
export const bilingual = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingual>;

/** A page of a list, by cursor: stable while rows come in at the top. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Query flag: `?x=1` or `?x=true`. */
export const flagQuery = z
  .enum(['0', '1', 'true', 'false'])
  .transform((v) => v === '1' || v === 'true')
  .optional();

/** A comma-separated list of words in a query string, each one of those allowed. */
export function listQuery<const V extends readonly [string, ...string[]]>(allowed: V) {
  return z
    .string()
    .max(4000)
    .transform((s) => s.split(',').filter((x) => x !== ''))
    .pipe(z.array(z.enum(allowed)))
    .optional();
}

/** A comma-separated list of free words (codes, identifiers) in a query string. */
export const wordsQuery = z
  .string()
  .max(4000)
  .transform((s) => s.split(',').filter((x) => x !== ''))
  .optional();

/** What `manifest.json` of a copy says. */
import { z } from 'zod';

export const manifestSchema = z.object({
  format: z.literal('wangge-video-evidence/1'),
  /** Times are ISO 8601 in UTC; sums are SHA-256 in hexadecimal; the signature is Ed25519 over the bytes of this file. */
  algorithms: z.object({ sum: z.literal('sha256'), signature: z.literal('ed25519') }),
  exportId: z.string(),
  camera: z.object({ id: z.string(), name: z.string() }),
  from: z.string(),
  to: z.string(),
  purpose: z.string(),
  reason: z.string(),
  incidentId: z.string().nullable(),
  by: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
  requestedAt: z.string(),
  madeAt: z.string(),
  clip: z.object({
    file: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    shows: z.object({ from: z.string(), to: z.string() }),
  }),
  /** What it was made of, as the installation has it: the sums were right when it was made. */
  segments: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      seq: z.number(),
      prevChain: z.string(),
      chain: z.string(),
    }),
  ),
  keyId: z.string(),
  publicKeyPem: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A model as bytes: a line of JSON, then the numbers. Another format is another version, and no model to this one. */
import { z } from 'zod';
import type { Model } from './model.ts';

const headSchema = z.object({
  format: z.literal(1),
  labels: z.array(z.string()),
  tokens: z.array(z.string()),
  temperature: z.number().positive(),
});

export function packModel(model: Model): Buffer {
  const head = {
    format: 1,
    labels: [...model.labels],
    tokens: [...model.features.keys()],
    temperature: model.temperature,
  } satisfies z.input<typeof headSchema>;
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    ...[model.rarity, model.bias, model.weights].map((numbers) =>
      Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    ),
  ]);
}

/** Null for bytes that are none of ours, or were cut short. */
export function unpackModel(bytes: Buffer): Model | null {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return null;
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8', 0, end));
  } catch {
    return null;
  }
  const head = headSchema.safeParse(json);
  if (!head.success) return null;
  const { labels, tokens, temperature } = head.data;
  const sizes = [tokens.length, labels.length, tokens.length * labels.length] as const;
  if (bytes.length - end - 1 !== 4 * (sizes[0] + sizes[1] + sizes[2])) return null;
  // Numbers must begin at a multiple of four, wherever the line ended.
  const numbers = new Float32Array(sizes[0] + sizes[1] + sizes[2]);
  Buffer.from(numbers.buffer).set(bytes.subarray(end + 1));
  const rarity = numbers.subarray(0, sizes[0]);
  const bias = numbers.subarray(sizes[0], sizes[0] + sizes[1]);
  const weights = numbers.subarray(sizes[0] + sizes[1]);
  return { labels, features: new Map(tokens.map((token, row) => [token, row])), rarity, bias, weights, temperature };
}

/** From zod to JSON Schema: for fast answers (fast-json-stringify) and for OpenAPI. */
import { z } from 'zod';

type Json = { [key: string]: unknown };

/**
 * `anyOf [X, null]` makes the serialiser validate each value against both; `nullable` does not.
 * On a page of 50 incidents that is most of the time.
 */
function flattenNullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(flattenNullable);
  if (typeof node !== 'object' || node === null) return node;
  const schema = Object.fromEntries(Object.entries(node as Json).map(([k, v]) => [k, flattenNullable(v)])) as Json;
  const anyOf = schema['anyOf'];
  if (Array.isArray(anyOf) && anyOf.length === 2) {
    const rest = anyOf.filter((s: Json) => s['type'] !== 'null') as Json[];
    if (rest.length === 1 && rest[0] && typeof rest[0]['type'] === 'string') {
      const { anyOf: _dropped, ...others } = schema;
      return { ...others, ...rest[0], nullable: true };
    }
  }
  return schema;
}

/** Schema of what a route answers, for the serialiser: what is not named in it does not leave. */
export function responseSchema(schema: z.ZodType): object {
  const json = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', target: 'draft-7' }) as Json;
  delete json['$schema'];
  return flattenNullable(json) as object;
}

/** Schema for documents (OpenAPI 3.1 speaks JSON Schema 2020-12). */
export function documentSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  delete json['$schema'];
  return json;
}

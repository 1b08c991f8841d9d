/** A JSON Schema as a few readable lines, the way TypeScript would write it. */

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | false;
  /** Of tuples: each place has a schema of its own. */
  readonly prefixItems?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly $ref?: string;
}

/** @example schemaText({ type: 'array', items: { type: 'string', format: 'uuid' } }) // 'uuid[]' */
export function schemaText(schema: object, indent = ''): string {
  const it = schema as Schema;
  if (it.$ref !== undefined) return it.$ref.slice(it.$ref.lastIndexOf('/') + 1);
  if ('const' in it) return JSON.stringify(it.const);
  if (it.enum) return it.enum.map((each) => JSON.stringify(each)).join(' | ');
  const union = it.anyOf ?? it.oneOf;
  if (union) return [...new Set(union.map((each) => schemaText(each, indent)))].join(' | ');
  if (it.allOf) return it.allOf.map((each) => schemaText(each, indent)).join(' & ');
  if (Array.isArray(it.type)) return it.type.join(' | ');
  if (it.prefixItems) return `[${it.prefixItems.map((each) => schemaText(each, indent)).join(', ')}]`;
  if (it.type === 'array') return arrayText(schemaText(it.items || {}, indent));
  if (it.type === 'object' || it.properties) return objectText(it, indent);
  if (it.type === undefined) return 'any';
  return `${it.format ?? String(it.type)}${limits(it)}`;
}

function arrayText(item: string): string {
  return item.includes(' ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function objectText(it: Schema, indent: string): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(it.properties ?? {}).map(([name, property]) => {
    const optional = it.required?.includes(name) ? '' : '?';
    return `${deeper}${name}${optional}: ${schemaText(property, deeper)}`;
  });
  if (typeof it.additionalProperties === 'object') {
    lines.push(`${deeper}[name]: ${schemaText(it.additionalProperties, deeper)}`);
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

/** Limits that somebody set; those of the number format itself say nothing. */
function limits(it: Schema): string {
  const parts: string[] = [];
  if (it.minimum !== undefined && it.minimum > Number.MIN_SAFE_INTEGER) parts.push(`≥ ${it.minimum}`);
  if (it.maximum !== undefined && it.maximum < Number.MAX_SAFE_INTEGER) parts.push(`≤ ${it.maximum}`);
  if (it.maxLength !== undefined) parts.push(`≤ ${it.maxLength} chars`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

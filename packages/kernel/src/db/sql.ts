/** SQL as tagged templates: every value is a parameter, by construction. */
import { createHash } from 'node:crypto';
import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';

export { empty, join, type Sql };
/** `sql\`select … where id = ${id}\`` — values become parameters, nested fragments are spliced in. */
export const sql = sqlTag;
/** For fixed words of our own only (a column from a closed list). Never for anything a person typed. */
export const fixedSql = raw;

const names = new Map<string, string>();
/** Beyond this many distinct texts statements stay unnamed: a server keeps each named one in memory. */
const maxNamed = 500;

/** A query for `pg`; equal texts share a name, so that PostgreSQL parses and plans them once a connection. */
export function toQuery(query: Sql): { text: string; values: unknown[]; name?: string } {
  const text = query.text;
  let name = names.get(text);
  if (name === undefined && names.size < maxNamed) {
    name = createHash('sha1').update(text).digest('base64url').slice(0, 20);
    names.set(text, name);
  }
  return name === undefined ? { text, values: query.values } : { text, values: query.values, name };
}

/** Service discovery of Open311: where the API is and what it speaks. */
import type { Runtime } from '@wangge/kernel';
import { contentTypes, type Format } from './answers.ts';
import { xmlDocument } from './xml.ts';

export function discovery(rt: Runtime, format: Format): string {
  const url = `${rt.config.publicUrl}/open311/v2`;
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url,
    changeset: '2026-01-01T00:00:00Z',
    type: 'production',
  };
  const formats = [contentTypes.xml, contentTypes.json].map((type) => type.split(';')[0] ?? type);
  const head = { changeset: endpoint.changeset, contact: rt.config.publicUrl, key_service: rt.config.publicUrl };
  if (format === 'json') return JSON.stringify({ ...head, endpoints: [{ ...endpoint, formats }] });
  const nodes = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields).map(([name, value]) => ({ name, value }));
  return xmlDocument({
    name: 'discovery',
    value: [
      ...nodes(head),
      {
        name: 'endpoints',
        value: [
          {
            name: 'endpoint',
            value: [
              ...nodes(endpoint),
              { name: 'formats', value: formats.map((value) => ({ name: 'format', value })) },
            ],
          },
        ],
      },
    ],
  });
}

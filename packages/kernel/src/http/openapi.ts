/** OpenAPI 3.1 made from the routes, so that it cannot disagree with them. */
import { errorBody, type RouteShape } from '@wangge/contract-kit';
import type { z } from 'zod';
import { documentSchema } from './json-schema.ts';
import { untypedPaths } from './untyped-paths.ts';

type ObjectSchema = { properties?: Record<string, unknown>; required?: string[] };

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (!schema) return [];
  const json = documentSchema(schema, 'input') as ObjectSchema;
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required?.includes(name) ?? false),
    schema: property,
  }));
}

/** The document for `/openapi.json`. */
export function openApi(routes: readonly RouteShape[], version: string): object {
  const paths: Record<string, Record<string, object>> = untypedPaths();
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    const access = typeof route.access === 'string' ? route.access : route.access.permission;
    (paths[path] ??= {})[route.method.toLowerCase()] = {
      summary: route.summary,
      tags: [route.path.split('/')[2] ?? 'root'],
      'x-wangge-access': access,
      ...(route.access === 'public' ? { security: [] } : {}),
      parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
      ...(route.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: documentSchema(route.body, 'input') } },
            },
          }
        : {}),
      responses: {
        200: {
          description: 'OK',
          content: route.file
            ? Object.fromEntries(route.file.map((media) => [media, { schema: { type: 'string' } }]))
            : { 'application/json': { schema: documentSchema(route.response, 'output') } },
        },
        default: {
          description: 'Error',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Wangge 网格', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'wangge_session' } },
      schemas: { Error: documentSchema(errorBody, 'output') },
    },
  };
}

/** Routes that are not JSON in and JSON out, described by hand for OpenAPI. */
import { photoTakenSchema, uploadedFileSchema } from '../contract.ts';
import { documentSchema } from './json-schema.ts';

const error = {
  description: 'Error',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

/** Paths of the kernel's own plugins: uploads, photos, the live stream. */
export function untypedPaths(): Record<string, Record<string, object>> {
  return {
    '/api/files': {
      post: {
        summary: 'Upload one photo (JPEG, PNG, WebP; 25 MiB); it is turned, shrunk and stripped',
        tags: ['files'],
        'x-wangge-access': 'session',
        parameters: [],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['file'],
                properties: {
                  taken: {
                    type: 'string',
                    description: 'What the phone says of it; stands before the file',
                    contentMediaType: 'application/json',
                    contentSchema: documentSchema(photoTakenSchema, 'input'),
                  },
                  file: { type: 'string', contentMediaType: 'image/jpeg' },
                },
              },
            },
          },
        },
        responses: {
          200: {
            description: 'OK',
            content: { 'application/json': { schema: documentSchema(uploadedFileSchema, 'output') } },
          },
          default: error,
        },
      },
    },
    '/api/uploads/{id}/parts': {
      put: {
        summary: 'Bytes of an upload from an offset on (at most 1 MiB); answers where the next part begins',
        tags: ['files'],
        'x-wangge-access': 'session',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          { name: 'offset', in: 'query', required: true, schema: { type: 'integer', minimum: 0 } },
        ],
        requestBody: {
          required: true,
          content: { 'application/octet-stream': { schema: { type: 'string', contentEncoding: 'binary' } } },
        },
        responses: {
          200: {
            description: 'OK',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['offset'], properties: { offset: { type: 'integer' } } },
              },
            },
          },
          default: error,
        },
      },
    },
    '/files/{id}/{variant}': {
      get: {
        summary: 'A photo, under the signed link that an answer gave',
        tags: ['files'],
        'x-wangge-access': 'public',
        security: [],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          { name: 'variant', in: 'path', required: true, schema: { enum: ['full', 'thumb'] } },
          { name: 'e', in: 'query', required: true, schema: { type: 'string' } },
          { name: 's', in: 'query', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: { description: 'OK', content: { 'image/jpeg': { schema: { type: 'string' } } } },
          default: error,
        },
      },
    },
    '/api/live': {
      get: {
        summary: 'Changes as they happen (Server-Sent Events); Last-Event-ID brings what was missed',
        tags: ['live'],
        'x-wangge-access': 'session',
        parameters: [{ name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } }],
        responses: {
          200: { description: 'OK', content: { 'text/event-stream': { schema: { type: 'string' } } } },
          default: error,
        },
      },
    },
  };
}

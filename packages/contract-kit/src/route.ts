/** Routes as data: the server registers them, the client calls them, OpenAPI describes them. */
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Any object schema; parameters and queries arrive as strings, so use `z.coerce` where needed. */
type AnySchema = z.ZodType;

export interface RouteShape {
  readonly method: Method;
  /** Fastify path, `/api/incidents/:id`. */
  readonly path: string;
  /** One line for OpenAPI. */
  readonly summary: string;
  /** `public`: nobody signed in is needed. `session`: any signed-in user. Else the permission's name. */
  readonly access: 'public' | 'session' | { readonly permission: string };
  readonly params?: AnySchema;
  readonly query?: AnySchema;
  readonly body?: AnySchema;
  readonly response: AnySchema;
  /** Media types where the answer is a file that is streamed, and no JSON; `response` is then not looked at. */
  readonly file?: readonly string[];
  /** Per client address (public) or per account: how many calls a minute. */
  readonly ratePerMinute?: number;
  /** Largest JSON body in bytes; 1 MiB unless told. */
  readonly bodyLimitBytes?: number;
  /** Answers of equal requests under equal scopes may be shared until a live event of these types. */
  readonly cachedUntil?: readonly string[];
}

export type Route<R extends RouteShape = RouteShape> = R;

/** Declare a route; the literal type is kept, so that client and server infer from it. */
export function defineRoute<const R extends RouteShape>(route: R): R {
  return route;
}

type Out<S> = S extends AnySchema ? z.output<S> : undefined;
type In<S> = S extends AnySchema ? z.input<S> : undefined;

/** What a handler receives, parsed. */
export interface RouteInput<R extends RouteShape> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: Out<R['body']>;
}

type Asked<K extends string, S> = S extends AnySchema ? { [P in K]: In<S> } : { [P in K]?: undefined };
/** What a caller passes. */
export type RouteCall<R extends RouteShape> = Asked<'params', R['params']> &
  Asked<'query', R['query']> &
  Asked<'body', R['body']>;

/** What a handler returns, and after JSON what a caller gets. */
export type RouteOutput<R extends RouteShape> = z.output<R['response']>;

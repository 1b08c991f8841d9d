/** The routes that a contract declares: a matrix of who may what must have them all. */
import type { RouteShape } from '@wangge/contract-kit';

function isRoute(value: unknown): value is RouteShape {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}

/** @returns `GET /api/areas`, … sorted, of every route that the contract's module exports */
export function routesIn(contract: Readonly<Record<string, unknown>>): string[] {
  return Object.values(contract)
    .filter(isRoute)
    .map((route) => `${route.method} ${route.path}`)
    .toSorted();
}

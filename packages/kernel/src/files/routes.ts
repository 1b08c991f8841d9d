/** Uploads in, signed photos out. */
import type { FastifyInstance } from 'fastify';
import type { Runtime } from '../runtime.ts';

export async function registerFiles(_app: FastifyInstance, _rt: Runtime): Promise<void> {}

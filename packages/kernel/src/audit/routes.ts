/** The audit trail over HTTP. */
import type { Handler } from '../http/handle.ts';

export const auditHandlers: readonly Handler[] = [];

/** The modules of this server, in call order: each may call only those before it. */
import type { Module } from '@wangge/kernel';

export const modules: readonly Module[] = [];

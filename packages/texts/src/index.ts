export * from './define.ts';
export * from './errors.ts';

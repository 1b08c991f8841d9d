export * from './errors.ts';
export * from './event.ts';
export * from './fields.ts';
export * from './ids.ts';
export * from './route.ts';
export * from './roles.ts';

export { apiUrl, call, setOrigin, type CallOptions } from './call.ts';
export { CallError, isCallError } from './call-error.ts';
export { download, type Downloaded } from './download.ts';
export { serverClock, type ServerClock } from './server-clock.ts';
export { uploadInParts } from './upload-in-parts.ts';
export { uploadPhoto } from './upload-photo.ts';
export { liveConnection, type LiveConnection, type LiveOptions } from './live/live-connection.ts';
export type { LiveBatch } from './live/coalesce.ts';
export type { LiveState, LiveStatus } from './live/live-status.ts';

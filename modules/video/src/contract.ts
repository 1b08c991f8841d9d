/** Cameras, looking at them, looking back, and who looked. */
export * from './contract/camera.ts';
export * from './contract/camera-routes.ts';
export * from './contract/gb.ts';
export * from './contract/onvif.ts';
export * from './contract/ptz.ts';
export * from './contract/recording.ts';
export * from './contract/stream.ts';
export * from './contract/wall.ts';
export * from './contract/watch.ts';

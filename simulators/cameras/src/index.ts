/** Cameras and recorders that are not there: for trials, tests and the demo town. */
export { enterCameras, keyOf, type Entered, type EnterOptions } from './enter/enter-cameras.ts';
export { readFacts, variants, type FilmFacts, type Variant } from './film/facts.ts';
export { makeFilms, type MakeFilmsOptions } from './film/make-films.ts';
export { GbRecorder, type GbRecorderOptions } from './gb/gb-recorder.ts';
export { Camera, type CameraOptions } from './loop/camera.ts';
export type { Faults } from './loop/faults.ts';
export { FilmShelf } from './loop/film.ts';
export { answerDiscovery, type Discovery } from './onvif/discovery.ts';
export type { Head } from './onvif/head.ts';
export { OnvifDevice, type OnvifDeviceOptions } from './onvif/onvif-device.ts';
export { planCameras, type PlannedCamera } from './plan.ts';
export { rtspPath, serveRtsp, type RtspCameras, type RtspCamerasOptions } from './rtsp/rtsp-cameras.ts';
export { scenes } from './scenes/index.ts';
export { pictureOf, type Scene } from './scenes/scene.ts';

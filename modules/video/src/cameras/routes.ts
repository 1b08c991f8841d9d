import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { findCamera } from './camera-row.ts';
import { importCameras } from './import/import-cameras.ts';
import { sendTemplate } from './import/template.ts';
import { listCameras, listPins, listSeeing } from './list-cameras.ts';
import { pauseCamera } from './pause-camera.ts';
import { createCamera, editCamera, retireCamera } from './save-camera.ts';
import { askTest, readTest } from './tests/ask-test.ts';
import { showCamera } from './show-camera.ts';

export const cameraRoutes: readonly Handler[] = [
  handle(contract.listCameras, (c) => c.tx((tx) => listCameras(tx, c.query))),
  handle(contract.cameraPins, (c) => c.tx(async (tx) => ({ items: await listPins(tx) }))),
  handle(contract.camerasSeeing, (c) => c.tx(async (tx) => ({ items: await listSeeing(tx, c.query) }))),
  handle(contract.readCamera, (c) => c.tx(async (tx) => showCamera(tx, await findCamera(tx, c.params.id)))),
  handle(contract.createCamera, (c) => c.tx((tx) => createCamera(tx, c.body.key, c.body.camera))),
  handle(contract.editCamera, (c) => c.tx((tx) => editCamera(tx, c.params.id, c.body.version, c.body.camera))),
  handle(contract.retireCamera, (c) => c.tx((tx) => retireCamera(tx, c.params.id, c.body.version, c.body.retired))),
  handle(contract.pauseCamera, (c) => c.tx((tx) => pauseCamera(tx, c.params.id, c.body.paused))),
  handle(contract.importCameras, (c) => c.tx((tx) => importCameras(tx, c.body))),
  handle(contract.importTemplate, sendTemplate),
  handle(contract.testCameras, (c) => c.tx((tx) => askTest(tx, c.body))),
  handle(contract.readTest, (c) => c.tx((tx) => readTest(tx, c.params.id))),
];

import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { askForCamera } from './ask-approval.ts';
import { listLooks } from './list-looks.ts';
import { listStills } from './stills.ts';
import { watchCamera } from './watch-camera.ts';

export const watchRoutes: readonly Handler[] = [
  handle(contract.watchCamera, (c) => c.tx((tx) => watchCamera(tx, c.params.id, c.body))),
  handle(contract.cameraStills, (c) => c.tx(async (tx) => ({ items: await listStills(tx, c.body.cameraIds) }))),
  handle(contract.askApproval, (c) => c.tx((tx) => askForCamera(tx, c.params.id, c.body))),
  handle(contract.listLooks, (c) => c.tx((tx) => listLooks(tx, c.query))),
];

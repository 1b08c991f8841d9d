import { handle, type Handler } from '@wangge/kernel';
import { deleteVersion } from './actions/delete-version.ts';
import { callOffDraft } from './actions/drafts/call-off-draft.ts';
import { checkDraft } from './actions/drafts/check-draft.ts';
import { describeDrafts } from './actions/drafts/describe-draft.ts';
import { editDraft } from './actions/drafts/edit-draft.ts';
import { readDraft } from './actions/drafts/read-draft.ts';
import { startDraft } from './actions/drafts/start-draft.ts';
import { stepDraft } from './actions/drafts/step-draft.ts';
import { importUpload } from './actions/import-areas.ts';
import { readVersions } from './actions/list-versions.ts';
import { locate } from './actions/locate.ts';
import { previewVersion } from './actions/preview-publish.ts';
import { publishVersion as publish } from './actions/publish-version.ts';
import { readQrPoints } from './actions/read-qr-points.ts';
import { readBasemap, readShapes } from './actions/read-shapes.ts';
import { renameOne } from './actions/rename-area.ts';
import { areaIndex } from './area-index.ts';
import * as contract from './contract.ts';
import { sendPrepared } from './prepared-answer.ts';

export const areasRoutes: readonly Handler[] = [
  handle(contract.listAreas, (c) =>
    sendPrepared(c, 'tree', () => {
      const index = areaIndex(c.rt);
      return Promise.resolve({ versionId: index.versionId, areas: [...index.all()] });
    }),
  ),
  handle(contract.areaShapes, (c) => sendPrepared(c, `shapes ${c.query.level}`, () => readShapes(c.rt, c.query.level))),
  handle(contract.basemap, (c) => sendPrepared(c, 'basemap', () => readBasemap(c.rt))),
  handle(contract.locatePlace, ({ rt, query }) => Promise.resolve(locate(areaIndex(rt), query.lon, query.lat))),
  handle(contract.listVersions, (c) => c.tx(readVersions)),
  handle(contract.importDraft, (c) => importUpload(c.rt, c.actor, c.body)),
  handle(contract.previewPublish, (c) => previewVersion(c.rt, c.actor, c.params.id)),
  handle(contract.publishVersion, (c) => publish(c.rt, c.actor, c.params.id, c.body)),
  handle(contract.deleteVersion, (c) => deleteVersion(c.rt, c.actor, c.params.id)),
  handle(contract.callOffDraft, (c) => callOffDraft(c.rt, c.actor, c.params.id)),
  handle(contract.listDrafts, (c) => c.tx(describeDrafts)),
  handle(contract.startDraft, (c) => startDraft(c.rt, c.actor, c.body.note)),
  handle(contract.readDraft, (c) => c.tx((tx) => readDraft(tx, c.params.id))),
  handle(contract.editDraft, (c) => editDraft(c.rt, c.actor, c.params.id, c.body)),
  handle(contract.undoEdit, (c) => stepDraft(c.rt, c.actor, c.params.id, { ...c.body, way: 'undo' })),
  handle(contract.redoEdit, (c) => stepDraft(c.rt, c.actor, c.params.id, { ...c.body, way: 'redo' })),
  handle(contract.checkDraft, (c) => checkDraft(c.rt, c.actor, c.params.id)),
  handle(contract.renameArea, (c) => c.tx((tx) => renameOne(tx, c.params.id, c.body))),
  handle(contract.listQrPoints, (c) => c.tx(readQrPoints)),
];

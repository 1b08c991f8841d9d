/** Looking back over HTTP. */
import { asPlatform } from '@wangge/incidents';
import { handle, type Handler } from '@wangge/kernel';
import {
  downloadExport,
  listExports,
  listLocks,
  lockRecording,
  playCamera,
  readEvidenceKey,
  readExport,
  readStorage,
  readTimeline,
  releaseLock,
  requestExport,
} from '../contract.ts';
import { askExport, checkedCursor, exportsPage, takeExport } from './actions/exports.ts';
import { lockStretch, locksPage, releaseStretch } from './actions/locks.ts';
import { playCameraBack } from './actions/play-camera.ts';
import { storageNow } from './actions/read-storage.ts';
import { timelineOf } from './actions/read-timeline.ts';
import { loadEvidenceKey } from './export/evidence-key.ts';
import { findExport } from './store/exports.ts';

export const recordRoutes: readonly Handler[] = [
  handle(readTimeline, (c) => c.tx((tx) => timelineOf(tx, c.params.id, c.query))),
  handle(playCamera, (c) => c.tx((tx) => playCameraBack(tx, c.params.id, c.body))),
  handle(requestExport, (c) => c.tx((tx) => askExport(tx, c.body))),
  handle(listExports, (c) => c.tx((tx) => exportsPage(tx, c.query))),
  handle(readExport, (c) => c.tx((tx) => findExport(tx, c.params.id))),
  handle(downloadExport, async (c) => {
    const { stream, bytes, name } = await c.tx((tx) => takeExport(tx, c.params.id));
    c.reply
      .type('application/zip')
      .header('content-length', bytes)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store');
    return stream;
  }),
  handle(readEvidenceKey, (c) => {
    const { keyId, publicKeyPem } = loadEvidenceKey(c.rt.config.dataDir);
    return Promise.resolve({ keyId, publicKeyPem });
  }),
  handle(lockRecording, (c) => c.tx((tx) => lockStretch(tx, c.body))),
  handle(listLocks, (c) => c.tx((tx) => locksPage(tx, { ...c.query, cursor: checkedCursor(c.query.cursor) }))),
  handle(releaseLock, (c) => c.tx((tx) => releaseStretch(tx, c.params.id, c.body.reason))),
  handle(readStorage, (c) => c.tx((tx) => asPlatform(tx, () => storageNow(tx)))),
];

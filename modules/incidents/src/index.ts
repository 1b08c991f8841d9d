/** Incidents: what is reported and closed. */
import { areasPublishing, previewPublishing } from '@wangge/areas';
import { defineModule, onHook } from '@wangge/kernel';
import { messageAcknowledged } from '@wangge/notify';
import { forgetTwins } from './actions/join-twins.ts';
import { forgetPresence, presenceTask } from './actions/presence.ts';
import { moveResponsibility, previewMoving } from './actions/publish-areas.ts';
import { loadCategories } from './categories/book.ts';
import { acknowledgeByMessage } from './clocks/actions/answer-clocks.ts';
import { checkCalendar } from './clocks/actions/edit-calendar.ts';
import { clockKeeper } from './clocks/keep-clocks.ts';
import { recomputeClocks } from './clocks/recompute.ts';
import { lateAnswers } from './clocks/supervise.ts';
import {
  categoriesChanged,
  clocksRecomputed,
  incidentChanged,
  lessonAsked,
  lessonChanged,
  presenceChanged,
} from './contract.ts';
import {
  clockResumed,
  incidentEnding,
  incidentRegistered,
  incidentReported,
  incidentResumed,
  incidentReworked,
} from './hooks.ts';
import { autoClose, foldCounts, historyMonths, tellReporter } from './jobs.ts';
import { tellStaff } from './tell-staff.ts';
import { incidentPermissions } from './permissions.ts';
import { incidentRoutes } from './routes.ts';
import { learnCategories } from './suggest/category-lesson.ts';

export type { MoveFacts, MoveResult } from './actions/move-facts.ts';
export { moveIncident, staleEdit } from './actions/move-incident.ts';
export { rateIncident } from './actions/rate-incident.ts';
export { readIncident, reportPhotosOf, rowOf as incidentRowOf } from './actions/read-incident.ts';
export { incidentForReceipt, phoneKey, type ReceiptView } from './actions/receipts.ts';
export { type AlikeInput, type Found, rankAlike } from './actions/find-alike.ts';
export { likenessWords } from './likeness.ts';
export { reportIncident, type ReportInput, type ReportResult } from './actions/report-incident.ts';
export { suggestCategories } from './actions/suggest-categories.ts';
export { type Parties, setParties } from './actions/set-parties.ts';
export { type SystemFacts, systemMove } from './actions/system-move.ts';
export { rootOf } from './store/merges.ts';
export type { Rating } from './store/ratings.ts';
export { publicReleases, type PublicRelease } from './store/releases.ts';
export { announce } from './announce.ts';
export {
  type CategoryBook,
  categoryBook as categoriesInMemory,
  loadCategories as categoriesOf,
} from './categories/book.ts';
export type { WorkingCalendar } from './clocks/calendar.ts';
export { seedCategories } from './categories/seed-categories.ts';
export {
  type Cause,
  clockResumed,
  incidentEnding,
  incidentRegistered,
  incidentReported,
  incidentResumed,
  incidentReworked,
  type ReportedIncident,
} from './hooks.ts';
export { type BadRow, importIncidents, type ImportReport } from './import/import-incidents.ts';
export { type ImportMap, readImportMap } from './import/import-map.ts';
export { momentAt } from './import/zoned-time.ts';
export { targetOf } from './people.ts';
export { correctedTime } from './phone-time.ts';
export { orderProofsInApp } from './proof.ts';
export { asPlatform } from './platform.ts';
export { receiptLink, receiptToken } from './receipt-token.ts';
export { findRecord, findRecords, type IncidentRecord, lockRecord } from './record.ts';
export { summaryOf } from './rules.ts';
export { appendEntries as appendHistory, type NewEntry } from './store/history.ts';
export { keepPhoneTime } from './store/phone-times.ts';
export { areaMarks } from './suggest/category-lesson.ts';
export { beginLesson, currentLesson, mostExamples, teach } from './suggest/lessons.ts';
export type { Hat } from './workflow.ts';
export {
  extendClock,
  orderDeadlines,
  passOrderClock,
  standingClocks,
  reopenOrderClock,
  resumeClock,
  startOrderClocks,
  stopOrderClocks,
  suspendClock,
} from './clocks/order-clocks.ts';

export const incidents = defineModule({
  name: 'incidents',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: incidentPermissions,
  events: [incidentChanged, categoriesChanged, clocksRecomputed, lessonAsked, lessonChanged, presenceChanged],
  hooks: [incidentReported, incidentRegistered, incidentEnding, incidentReworked, incidentResumed, clockResumed],
  routes: incidentRoutes,
  jobs: {
    'incidents.fold-counts': foldCounts,
    'incidents.forget-twins': (rt) => rt.system('incidents', forgetTwins),
    [presenceTask]: forgetPresence,
    'incidents.history-months': historyMonths,
    'incidents.recompute-clocks': recomputeClocks,
    'incidents.check-calendar': checkCalendar,
    'incidents.auto-close': autoClose,
    'incidents.late-answers': lateAnswers,
    'incidents.tell-reporter': tellReporter,
    'incidents.tell-staff': tellStaff,
    'incidents.learn-categories': learnCategories,
  },
  cron: {
    'incidents.fold-counts': '* * * * *',
    // In the morning in China; and whatever a lost job left behind goes on.
    'incidents.check-calendar': '30 0 * * *',
    'incidents.recompute-clocks': '*/10 * * * *',
    'incidents.auto-close': '*/5 * * * *',
    'incidents.late-answers': '* * * * *',
    // Whatever a lost job left behind.
    [presenceTask]: '*/2 * * * *',
    'incidents.history-months': '23 2 * * *',
    'incidents.forget-twins': '*/20 * * * *',
    // At night in China.
    'incidents.learn-categories': '17 18 * * *',
  },
  reacts: {
    'incidents.lesson-asked': async (rt, { subject }) => {
      if (subject === 'category') await learnCategories(rt);
    },
  },
  on: [
    onHook(areasPublishing, (tx, { index }) => moveResponsibility(tx, index)),
    onHook(previewPublishing, async (tx, { index, answer }) => {
      const { count, named } = await previewMoving(tx, index);
      answer.movingIncidents += count;
      answer.incidents.push(...named);
    }),
    onHook(messageAcknowledged, (tx, { subject }) => acknowledgeByMessage(tx, subject)),
  ],
  keep: clockKeeper,
  start: (rt) => rt.system('incidents', async (tx) => void (await loadCategories(tx))),
});

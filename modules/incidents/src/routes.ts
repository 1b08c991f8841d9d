import { handle, type Handler } from '@wangge/kernel';
import { addNote } from './actions/add-note.ts';
import { countIncidents } from './actions/count-incidents.ts';
import { findAlike, listAlike, tellApart } from './actions/find-alike.ts';
import { incidentCells } from './actions/count-cells.ts';
import { listIncidents, mapIncidents } from './actions/list-incidents.ts';
import { askForLesson, listLessons, turnLesson } from './actions/manage-lessons.ts';
import { markOffered } from './actions/mark-offered.ts';
import { moveIncident } from './actions/move-incident.ts';
import { beatPresence, leavePresence, listPresence } from './actions/presence.ts';
import { readIncident } from './actions/read-incident.ts';
import { readRates } from './actions/read-rates.ts';
import { releaseIncident } from './actions/release-incident.ts';
import { reportByAccount } from './actions/report-by-account.ts';
import { revealReporter } from './actions/reveal-reporter.ts';
import { deleteFilter, savedFilters, saveFilter } from './actions/saved-filters.ts';
import { suggestCategories } from './actions/suggest-categories.ts';
import { loadCategories } from './categories/book.ts';
import { importCategories } from './categories/import-categories.ts';
import { saveCategory } from './categories/save-category.ts';
import { enterCountyAnswer, listReferrals, sendToCounty } from './county/refer-to-county.ts';
import { acknowledge, answerSupervision, pause, resume } from './clocks/actions/answer-clocks.ts';
import { readCalendar, saveDay, saveWeek, saveYear } from './clocks/actions/edit-calendar.ts';
import { importLimits, listLimits, saveLadder, saveLimits } from './clocks/actions/edit-limits.ts';
import { readClocks } from './clocks/actions/read-clocks.ts';
import * as contract from './contract.ts';
import { exportIncidents } from './export/export-incidents.ts';

export const incidentRoutes: readonly Handler[] = [
  handle(contract.listCategories, (c) => c.tx(async (tx) => ({ categories: [...(await loadCategories(tx)).list] }))),
  handle(contract.saveCategory, (c) => c.tx((tx) => saveCategory(tx, c.params.code, c.body))),
  handle(contract.importCategories, (c) => c.tx((tx) => importCategories(tx, c.body.csv))),
  handle(contract.suggestCategories, (c) => c.tx((tx) => suggestCategories(tx, c.body))),
  handle(contract.findAlike, (c) => c.tx(async (tx) => ({ alike: await findAlike(tx, c.body) }))),
  handle(contract.listAlike, (c) => c.tx((tx) => listAlike(tx, c.params.id))),
  handle(contract.tellApart, (c) =>
    c.tx(async (tx) => {
      await tellApart(tx, c.params.id, c.body.otherId);
      return listAlike(tx, c.params.id);
    }),
  ),
  handle(contract.listLessons, (c) => c.tx(listLessons)),
  handle(contract.learnLesson, (c) =>
    c.tx(async (tx) => {
      await askForLesson(tx, c.params.subject);
      return listLessons(tx);
    }),
  ),
  handle(contract.switchLesson, (c) =>
    c.tx(async (tx) => {
      await turnLesson(tx, c.params.subject, c.body.enabled);
      return listLessons(tx);
    }),
  ),
  handle(contract.listIncidents, (c) => c.tx(async (tx) => markOffered(tx, await listIncidents(tx, c.query)))),
  handle(contract.exportIncidents, exportIncidents),
  handle(contract.listSavedFilters, (c) => c.tx(savedFilters)),
  handle(contract.saveFilter, (c) => c.tx((tx) => saveFilter(tx, c.body))),
  handle(contract.deleteFilter, (c) => c.tx((tx) => deleteFilter(tx, c.params.id))),
  handle(contract.listPresence, (c) => c.tx(listPresence)),
  handle(contract.beatPresence, (c) => c.tx((tx) => beatPresence(tx, c.params.id, c.body))),
  handle(contract.leavePresence, (c) => c.tx((tx) => leavePresence(tx, c.params.id, c.body.tab))),
  handle(contract.mapIncidents, (c) => c.tx((tx) => mapIncidents(tx, c.query))),
  handle(contract.incidentCells, (c) => c.tx((tx) => incidentCells(tx, c.query))),
  handle(contract.countIncidents, (c) => c.tx((tx) => countIncidents(tx, c.query))),
  handle(contract.readRates, (c) => c.tx((tx) => readRates(tx, c.query))),
  handle(contract.getIncident, (c) => c.tx((tx) => readIncident(tx, c.params.id))),
  handle(contract.reportIncident, (c) => reportByAccount(c.rt, c.actor, c.body)),
  handle(contract.moveIncident, (c) =>
    c.tx(async (tx) => {
      await moveIncident(tx, c.params.id, c.body);
      return readIncident(tx, c.params.id);
    }),
  ),
  handle(contract.addNote, (c) =>
    c.tx(async (tx) => {
      await addNote(tx, c.params.id, c.body);
      return readIncident(tx, c.params.id);
    }),
  ),
  handle(contract.releaseIncident, (c) =>
    c.tx(async (tx) => {
      await releaseIncident(tx, c.params.id, c.body);
      return readIncident(tx, c.params.id);
    }),
  ),
  handle(contract.revealReporter, (c) => c.tx((tx) => revealReporter(tx, c.params.id, c.body.purpose))),
  handle(contract.readLimits, (c) => c.tx((tx) => listLimits(tx))),
  handle(contract.saveLimits, (c) =>
    c.tx(async (tx) => ({ limits: await saveLimits(tx, c.params.code, c.body.limits) })),
  ),
  handle(contract.importLimits, (c) => c.tx((tx) => importLimits(tx, c.body.csv))),
  handle(contract.saveLadder, (c) => c.tx((tx) => saveLadder(tx, { ...c.params, ...c.body }))),
  handle(contract.readCalendar, (c) => c.tx((tx) => readCalendar(tx, c.query.year))),
  handle(contract.saveWeek, (c) => c.tx((tx) => saveWeek(tx, c.body.weekly))),
  handle(contract.saveDay, (c) => c.tx((tx) => saveDay(tx, c.params.day, c.body.rule))),
  handle(contract.saveYear, (c) => c.tx((tx) => saveYear(tx, c.params.year, c.body))),
  handle(contract.readClocks, (c) => c.tx((tx) => readClocks(tx, c.params.id))),
  handle(contract.listReferrals, (c) => c.tx((tx) => listReferrals(tx, c.params.id))),
  handle(contract.sendToCounty, (c) =>
    c.tx(async (tx) => {
      await sendToCounty(tx, c.params.id, c.body);
      return listReferrals(tx, c.params.id);
    }),
  ),
  handle(contract.enterCountyAnswer, (c) =>
    c.tx(async (tx) => {
      await enterCountyAnswer(tx, c.params.id, c.body);
      return listReferrals(tx, c.params.id);
    }),
  ),
  handle(contract.acknowledgeClocks, (c) =>
    c.tx(async (tx) => {
      await acknowledge(tx, c.params.id, c.body);
      return readClocks(tx, c.params.id);
    }),
  ),
  handle(contract.pauseClocks, (c) =>
    c.tx(async (tx) => {
      await pause(tx, c.params.id, c.body);
      return readClocks(tx, c.params.id);
    }),
  ),
  handle(contract.resumeClocks, (c) =>
    c.tx(async (tx) => {
      await resume(tx, c.params.id, c.body);
      return readClocks(tx, c.params.id);
    }),
  ),
  handle(contract.answerSupervision, (c) =>
    c.tx(async (tx) => {
      await answerSupervision(tx, c.params.id, c.body);
      return readClocks(tx, c.params.id);
    }),
  ),
];

/** Texts of the console, one dictionary per part so that a page loads only its own. */
export { adminTexts } from './console/admin.ts';
export { alikeTexts } from './console/alike.ts';
export { auditTexts } from './console/audit.ts';
export { borderTexts } from './console/borders.ts';
export { clockTexts } from './console/clocks.ts';
export { deskTexts } from './console/desk.ts';
export { exportTexts } from './console/export.ts';
export { importTexts } from './console/import.ts';
export { incidentTexts } from './console/incident.ts';
export { notifyAdminTexts } from './console/notify.ts';
export { overviewTexts } from './console/overview.ts';
export { ruleTexts } from './console/rules.ts';
export { partTexts } from './console/parts.ts';
export { savedTexts } from './console/saved-filters.ts';
export { shellTexts } from './console/shell.ts';
export { suggestTexts } from './console/suggest.ts';
export { whistleTexts } from './console/whistle.ts';

/** Texts of the grid member's phone page, one dictionary per part. */
export { fieldAlikeTexts } from './field/alike.ts';
export { fieldClockTexts } from './field/clocks.ts';
export { fieldForwardTexts } from './field/forward.ts';
export { fieldHelpTexts } from './field/help.ts';
export { fieldInstructTexts } from './field/instruct.ts';
export { fieldMeTexts } from './field/me.ts';
export { fieldOutboxTexts } from './field/outbox.ts';
export { fieldPatrolTexts } from './field/patrol.ts';
export { fieldReportTexts } from './field/report.ts';
export { fieldShellTexts } from './field/shell.ts';
export { fieldTaskTexts } from './field/task.ts';
export { fieldTasksTexts } from './field/tasks.ts';
export { fieldWhistleTexts } from './field/whistle.ts';

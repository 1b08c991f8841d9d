import { defineTexts } from '../define.ts';

/** What the grid's head told everybody. */
export const fieldInstructTexts = defineTexts(
  {
    title: '通知',
    by: (who: string, when: string) => `${who} · ${when}`,
    fresh: '未读',
    open: '查看',
    navigate: '导航到通知的地点',
    confirm: '确认收到',
    needsConfirm: '需要您确认',
  },
  {
    title: 'Instructions',
    by: (who, when) => `${who} · ${when}`,
    fresh: 'new',
    open: 'Open',
    navigate: 'Navigate to the place',
    confirm: 'Confirm',
    needsConfirm: 'Needs your confirmation',
  },
);

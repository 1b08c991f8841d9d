import { defineTexts } from '../define.ts';

/** Before a report is sent: what was reported nearby already. */
export const fieldAlikeTexts = defineTexts(
  {
    title: '附近已有人上报',
    lead: '是同一件就合在一起办，不用重复派单。',
    same: '是同一件',
    another: '不是同一件',
    joins: (number: string) => `提交后并入 ${number}`,
  },
  {
    title: 'Reported nearby already',
    lead: 'If it is the same, it is handled together and nobody is sent twice.',
    same: 'It is the same',
    another: 'It is another',
    joins: (number) => `Will be merged into ${number}`,
  },
);

import { defineTexts } from '../define.ts';

/** Before a report is sent: others reported something like it. */
export const portalAlikeTexts = defineTexts(
  {
    alike: {
      title: '是不是同一件事？',
      lead: '附近已有人上报过相近的问题。是同一件事就合在一起办，您会有自己的回执；不是就照常上报。',
      same: '是同一件事，我也要跟进',
      other: '都不是，继续上报我的',
      people: (n: number) => `${n} 人上报`,
      privacy: '这里只显示公开类别的事项和所在微网格，不显示他人的文字、照片和具体位置。',
    },
  },
  {
    alike: {
      title: 'Is it the same thing?',
      lead: 'Others nearby reported something like it. If it is the same, it is handled together and you get a receipt of your own; if not, your report goes on as usual.',
      same: 'It is the same, keep me informed',
      other: 'None of these, send mine',
      people: (n) => `${n} reported it`,
      privacy: "Only public kinds and their micro-grid are shown here: nobody's words, photos or exact place.",
    },
  },
);

import { defineTexts } from '../define.ts';

/** Calls for help of members in the field, on every page. */
export const helpTexts = defineTexts(
  {
    label: '求助',
    of: (name: string, area: string) => `${name} 求助 · ${area}`,
    measured: (metres: number, when: string) => `误差约 ${metres} 米，${when} 测得`,
    noPlace: '没有定位',
    copy: '复制坐标',
    copied: '已复制',
    incident: (number: string) => `查看事件 ${number}`,
    answer: '响应',
  },
  {
    label: 'Calls for help',
    of: (name, area) => `${name} calls for help · ${area}`,
    measured: (metres, when) => `within about ${metres} m, measured ${when}`,
    noPlace: 'No position',
    copy: 'Copy the coordinates',
    copied: 'Copied',
    incident: (number) => `Incident ${number}`,
    answer: 'Answer',
  },
);

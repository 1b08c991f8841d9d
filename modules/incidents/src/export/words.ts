/** Words of a file that the console shows by other means: marks and colours. */
export const exportWords = {
  sheet: { zh: '事件', en: 'Incidents' },
  /** Registered, and somebody was asked to take it. */
  offered: { zh: '已派遣待签收', en: 'Awaiting acceptance' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  running: { zh: '正常', en: 'In time' },
  warning: { zh: '即将超时', en: 'Due soon' },
  overdue: { zh: '超时', en: 'Overdue' },
  anonymous: { zh: '匿名', en: 'Anonymous' },
  /** Between names in one cell. */
  comma: { zh: '、', en: ', ' },
} as const;

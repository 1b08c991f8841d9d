/** States, moves, sources and severities of an incident: the words of the workflow and their labels. */

export const incidentStates = {
  reported: { zh: '待受理', en: 'Reported', color: 'orange', open: true },
  accepted: { zh: '已受理', en: 'Accepted', color: 'gold', open: true },
  registered: { zh: '待派遣', en: 'Registered', color: 'gold', open: true },
  handling: { zh: '处置中', en: 'Handling', color: 'blue', open: true },
  responded: { zh: '待核查', en: 'Responded', color: 'purple', open: true },
  closed: { zh: '已结案', en: 'Closed', color: 'green', open: false },
  rejected: { zh: '不予受理', en: 'Rejected', color: 'default', open: false },
  withdrawn: { zh: '已撤回', en: 'Withdrawn', color: 'default', open: false },
  merged: { zh: '已并案', en: 'Merged', color: 'default', open: false },
  'reopen-requested': { zh: '申请重办', en: 'Reopen requested', color: 'volcano', open: true },
} as const;
export type IncidentState = keyof typeof incidentStates;
export const incidentStateNames = Object.keys(incidentStates) as [IncidentState, ...IncidentState[]];

export const incidentMoves = {
  accept: { zh: '受理', en: 'Accept' },
  reject: { zh: '不予受理', en: 'Reject' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  register: { zh: '立案', en: 'Register' },
  merge: { zh: '并案', en: 'Merge' },
  unmerge: { zh: '撤销并案', en: 'Undo merge' },
  start: { zh: '开始处置', en: 'Start' },
  respond: { zh: '反馈', en: 'Respond' },
  rework: { zh: '返工', en: 'Rework' },
  close: { zh: '结案', en: 'Close' },
  'ask-reopen': { zh: '申请重办', en: 'Ask to reopen' },
  'grant-reopen': { zh: '同意重办', en: 'Grant reopening' },
  'refuse-reopen': { zh: '不同意重办', en: 'Refuse reopening' },
  supervise: { zh: '督办', en: 'Supervise' },
  'raise-severity': { zh: '提级', en: 'Raise severity' },
  'change-category': { zh: '改类别', en: 'Change category' },
  'change-place': { zh: '改地点', en: 'Change place' },
  escalate: { zh: '上报上级', en: 'Escalate' },
  'take-back': { zh: '收回', en: 'Take back' },
} as const;
export type IncidentMove = keyof typeof incidentMoves;
export const incidentMoveNames = Object.keys(incidentMoves) as [IncidentMove, ...IncidentMove[]];

export const incidentSources = {
  resident: { zh: '居民扫码', en: 'Resident' },
  member: { zh: '网格员', en: 'Grid member' },
  dispatcher: { zh: '电话来访', en: 'Call or visit' },
  open311: { zh: 'Open311', en: 'Open311' },
  import: { zh: '导入', en: 'Import' },
  hotline: { zh: '热线信箱', en: 'Hotline or mailbox' },
  video: { zh: '视频', en: 'Camera' },
} as const;
export type IncidentSource = keyof typeof incidentSources;
export const incidentSourceNames = Object.keys(incidentSources) as [IncidentSource, ...IncidentSource[]];

export const severities = {
  ordinary: { zh: '一般', en: 'Ordinary', rank: 1 },
  urgent: { zh: '紧急', en: 'Urgent', rank: 2 },
  emergency: { zh: '特急', en: 'Emergency', rank: 3 },
} as const;
export type Severity = keyof typeof severities;
export const severityNames = Object.keys(severities) as [Severity, ...Severity[]];

/** States and moves of an order: the words of the workflow and their labels. */

export const orderStates = {
  offered: { zh: '待签收', en: 'Offered', color: 'orange', open: true },
  accepted: { zh: '已签收', en: 'Accepted', color: 'gold', open: true },
  arrived: { zh: '已到场', en: 'On site', color: 'cyan', open: true },
  handling: { zh: '处置中', en: 'Handling', color: 'blue', open: true },
  suspended: { zh: '已挂起', en: 'Suspended', color: 'default', open: true },
  responded: { zh: '已反馈', en: 'Responded', color: 'green', open: false },
  returned: { zh: '已退回', en: 'Returned', color: 'volcano', open: false },
  cancelled: { zh: '已撤销', en: 'Cancelled', color: 'default', open: false },
} as const;
export type OrderState = keyof typeof orderStates;
export const orderStateNames = Object.keys(orderStates) as [OrderState, ...OrderState[]];

export const orderMoves = {
  offer: { zh: '派遣', en: 'Offer' },
  accept: { zh: '签收', en: 'Accept' },
  return: { zh: '退回', en: 'Return' },
  'pass-on': { zh: '转派', en: 'Pass on' },
  arrive: { zh: '到场', en: 'Arrive' },
  handle: { zh: '处置', en: 'Handle' },
  'ask-suspend': { zh: '申请挂起', en: 'Ask to suspend' },
  'ask-extend': { zh: '申请延期', en: 'Ask to extend' },
  approve: { zh: '批准', en: 'Approve' },
  resume: { zh: '恢复', en: 'Resume' },
  respond: { zh: '反馈', en: 'Respond' },
  reopen: { zh: '重办', en: 'Reopen' },
  cancel: { zh: '撤销', en: 'Cancel' },
} as const;
export type OrderMove = keyof typeof orderMoves;
export const orderMoveNames = Object.keys(orderMoves) as [OrderMove, ...OrderMove[]];

/** Lines of the timeline about orders that are no moves of one. */
export const dispatchNotes = {
  'rule:offer': { zh: '按派单规则派遣', en: 'Dispatched by rule' },
  'rule:first-receiver': { zh: '首接负责，交首接部门牵头', en: 'First receiver leads' },
  'order:to-desk': { zh: '转调度台', en: 'Left to the desk' },
  'order:forward': { zh: '请同事接手', en: 'Colleague asked to take over' },
  'order:take-over': { zh: '同事接手', en: 'Taken over' },
  'order:forward-declined': { zh: '同事未接手', en: 'Colleague declined' },
  'order:forward-withdrawn': { zh: '收回转交', en: 'Kept after all' },
  'help:ask': { zh: '求助', en: 'Asked for help' },
  'help:answer': { zh: '响应求助', en: 'Help is coming' },
  'order:hand-back': { zh: '工单交回本部门', en: 'Order handed back to its department' },
} as const;

/** What a file of incidents can show: columns, their headings, and words that only files use. */

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** In the order of the file. */
export const exportColumns = {
  number: { zh: '编号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  severity: { zh: '紧急程度', en: 'Severity' },
  clock: { zh: '时限', en: 'Clock' },
  source: { zh: '来源', en: 'Source' },
  topCategory: { zh: '大类', en: 'Main category' },
  category: { zh: '类别', en: 'Category' },
  description: { zh: '描述', en: 'Description' },
  address: { zh: '地址', en: 'Address' },
  village: { zh: '村（社区）', en: 'Village' },
  grid: { zh: '网格', en: 'Grid' },
  microGrid: { zh: '微网格', en: 'Micro-grid' },
  lon: { zh: '经度（WGS 84）', en: 'Longitude (WGS 84)' },
  lat: { zh: '纬度（WGS 84）', en: 'Latitude (WGS 84)' },
  reportedAt: { zh: '上报时间', en: 'Reported' },
  deadline: { zh: '处置期限', en: 'Handling due' },
  closedAt: { zh: '结案时间', en: 'Closed' },
  updatedAt: { zh: '更新时间', en: 'Updated' },
  departments: { zh: '责任部门', en: 'Departments' },
  assignees: { zh: '处置人', en: 'Handled by' },
  reporterPhone: { zh: '上报人电话', en: "Reporter's telephone" },
  reporters: { zh: '上报人数', en: 'Reporters' },
  photos: { zh: '照片数', en: 'Photos' },
  supervised: { zh: '督办', en: 'Supervised' },
  response: { zh: '响应评分', en: 'Response (1–5)' },
  resolved: { zh: '是否解决', en: 'Resolved' },
  satisfied: { zh: '满意度', en: 'Satisfaction (1–5)' },
} as const;
export type ExportColumn = keyof typeof exportColumns;
export const exportColumnNames = Object.keys(exportColumns) as [ExportColumn, ...ExportColumn[]];

/** Header of the answer: how many rows the file will have. */
export const exportRowsHeader = 'x-wangge-rows';
/** More than this is refused with `guard-failed` (`too-many-rows`): no spreadsheet opens it. */
export const maxExportRows = 1_000_000;

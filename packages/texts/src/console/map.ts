import { defineTexts } from '../define.ts';

/** Many incidents on the desk's map: groups, heat, and both as a list. */
export const mapTexts = defineTexts(
  {
    heat: '热力',
    period: '上报时间',
    days: (n: number) => `近 ${n} 天`,
    heatLegend: '每格上报件数（含已结）',
    list: '列表',
    listLabel: '地图上事件集中的位置',
    listHint: '选择一处，地图放大到那里。',
    near: (count: number, name: string | null) => `${name ?? '区域外'}附近 ${count} 件`,
    overdue: (n: number) => `超时 ${n} 件`,
    worst: (name: string) => `最高${name}`,
    more: (n: number) => `另有 ${n} 处，请放大地图。`,
    nothing: '当前范围内没有事件。',
    points: (n: number) => `范围内 ${n} 件，均在地图上单独显示，事件列表里也有。`,
    summary: (total: number, groups: number) => `范围内共 ${total} 件，分为 ${groups} 处`,
  },
  {
    heat: 'Heat',
    period: 'Reported',
    days: (n) => `last ${n} days`,
    heatLegend: 'Reported per square, closed ones too',
    list: 'List',
    listLabel: 'Where incidents are on the map',
    listHint: 'Choose a place and the map zooms in on it.',
    near: (count, name) =>
      `${count} ${count === 1 ? 'incident' : 'incidents'} ${name === null ? 'outside of all areas' : `near ${name}`}`,
    overdue: (n) => `${n} overdue`,
    worst: (name) => `worst: ${name}`,
    more: (n) => `${n} more places; zoom in to see them.`,
    nothing: 'No incidents in this part of the map.',
    points: (n) => `${n} in sight, each a point of its own on the map and a row in the list of incidents.`,
    summary: (total, groups) => `${total} in sight, at ${groups} ${groups === 1 ? 'place' : 'places'}`,
  },
);

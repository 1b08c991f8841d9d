/** Chart descriptions for ECharts, kept plain: one accent, dashes besides colour, no motion. */
import type { NamedCount } from './figures.ts';

const ink = '#3a4653';
const grid = '#dde3ea';
const font = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
const base = { animation: false, textStyle: { fontFamily: font, color: ink } };

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  readonly dashed?: boolean;
}
export type ChartOption = Readonly<Record<string, unknown>>;

export function lineChart(labels: readonly string[], series: readonly Series[]): ChartOption {
  return {
    ...base,
    grid: { left: 40, right: 16, top: 34, bottom: 26 },
    legend: { top: 0, right: 0, textStyle: { color: ink }, data: series.map((each) => each.name) },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: labels, axisLabel: { color: ink }, axisLine: { lineStyle: { color: grid } } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: grid } } },
    series: series.map((each, i) => ({
      type: 'line',
      name: each.name,
      data: each.values,
      symbol: labels.length > 40 ? 'none' : i === 0 ? 'circle' : 'diamond',
      symbolSize: 5,
      lineStyle: { width: 2, type: each.dashed ? 'dashed' : 'solid' },
      color: i === 0 ? '#1d5c9f' : '#227044',
    })),
  };
}

export function barChart(rows: readonly NamedCount[]): ChartOption {
  const shown = rows.slice(0, 10).toReversed();
  return {
    ...base,
    grid: { left: 8, right: 52, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      data: shown.map((row) => row.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: grid } },
      axisLabel: { color: ink, width: 130, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        data: shown.map((row) => row.count),
        barMaxWidth: 16,
        color: '#3d78b5',
        label: { show: true, position: 'right', color: ink },
      },
    ],
  };
}

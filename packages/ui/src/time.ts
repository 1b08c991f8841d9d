/** Times as people of the town read them: Asia/Shanghai, which has had no summer time since 1991. */
import type { Lang } from '@wangge/contract-kit';

const zone = 'Asia/Shanghai';
const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** Midnight in the town before (or at) a moment. */
export function dayStart(atMs: number): number {
  return Math.floor((atMs + offsetMs) / dayMs) * dayMs - offsetMs;
}

function parts(atMs: number): { y: string; m: string; d: string; h: string; min: string; s: string } {
  const iso = new Date(atMs + offsetMs).toISOString();
  return {
    y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    h: iso.slice(11, 13),
    min: iso.slice(14, 16),
    s: iso.slice(17, 19),
  };
}

/** `2026-11-22`, the day in the town. */
export function formatDay(atMs: number): string {
  const { y, m, d } = parts(atMs);
  return `${y}-${m}-${d}`;
}
/** `10:05` */
export function formatClock(atMs: number): string {
  const { h, min } = parts(atMs);
  return `${h}:${min}`;
}
/**
 * `10:05` of the end of a span of less than a day; one that lies on the day after the beginning is put into words by
 * `nextDay`. Midnight ends its own day.
 */
export function formatEnd(startMs: number, endMs: number, nextDay: (time: string) => string): string {
  const time = formatClock(endMs);
  return dayStart(endMs - 1) > dayStart(startMs) ? nextDay(time) : time;
}
/** `11-22 10:05`, with the year where it is not the present one. */
export function formatTime(atMs: number, nowMs: number = Date.now()): string {
  const { y, m, d, h, min } = parts(atMs);
  return `${y === parts(nowMs).y ? '' : `${y}-`}${m}-${d} ${h}:${min}`;
}
/** `2026-11-22 10:05:09`, for logs. */
export function formatExact(atMs: number): string {
  const { y, m, d, h, min, s } = parts(atMs);
  return `${y}-${m}-${d} ${h}:${min}:${s}`;
}
/** `11月22日 周日` or `Sun, 22 Nov` */
export function formatToday(atMs: number, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(atMs);
}

/** `刚刚`, `5 分钟前`, `3 小时前`, `昨天 10:05`, then the date. */
export function relativeTime(atMs: number, nowMs: number, lang: Lang): string {
  const agoMs = nowMs - atMs;
  // Clocks of phones run ahead by seconds; "in 3 s" would only puzzle.
  if (agoMs < 60_000 && agoMs > -60_000) return lang === 'zh' ? '刚刚' : 'just now';
  if (agoMs < 0) return formatTime(atMs, nowMs);
  const minutes = Math.floor(agoMs / 60_000);
  if (minutes < 60) return lang === 'zh' ? `${minutes} 分钟前` : `${minutes} min ago`;
  if (agoMs < 6 * 3_600_000 || dayStart(atMs) === dayStart(nowMs)) {
    const hours = Math.floor(minutes / 60);
    return lang === 'zh' ? `${hours} 小时前` : `${hours} h ago`;
  }
  if (dayStart(atMs) === dayStart(nowMs) - dayMs) return `${lang === 'zh' ? '昨天' : 'yesterday'} ${formatClock(atMs)}`;
  return formatTime(atMs, nowMs);
}

/** A length of time in its two largest units: `2 天 3 小时`, `1 小时 05 分`, `45 分`, `30 秒`. */
export function formatSpan(ms: number, lang: Lang): string {
  const seconds = Math.max(0, Math.floor(Math.abs(ms) / 1000));
  const d = Math.floor(seconds / 86_400);
  const h = Math.floor((seconds % 86_400) / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const unit = lang === 'zh' ? { d: ' 天', h: ' 小时', m: ' 分', s: ' 秒' } : { d: ' d', h: ' h', m: ' min', s: ' s' };
  if (d > 0) return h > 0 ? `${d}${unit.d} ${h}${unit.h}` : `${d}${unit.d}`;
  if (h > 0) return m > 0 ? `${h}${unit.h} ${String(m).padStart(2, '0')}${unit.m}` : `${h}${unit.h}`;
  if (m > 0) return `${m}${unit.m}`;
  return `${seconds}${unit.s}`;
}

export type ClockTone = 'running' | 'warning' | 'overdue';
export interface Countdown {
  readonly tone: ClockTone;
  /** `剩 45 分` or `超时 2 小时`. */
  readonly text: string;
}

/**
 * What is left until a deadline. The tone is the server's `clock` where it gave one, except that a
 * deadline which passed while the page was open is overdue at once.
 */
export function countdown(deadlineMs: number, nowMs: number, clock: ClockTone | null, lang: Lang): Countdown {
  const leftMs = deadlineMs - nowMs;
  const span = formatSpan(leftMs, lang);
  if (leftMs <= 0) return { tone: 'overdue', text: lang === 'zh' ? `超时 ${span}` : `${span} overdue` };
  // The server said overdue, this PC's clock is behind: say so without a wrong figure.
  if (clock === 'overdue') return { tone: 'overdue', text: lang === 'zh' ? '已超时' : 'overdue' };
  return { tone: clock ?? 'running', text: lang === 'zh' ? `剩 ${span}` : `${span} left` };
}

/** Metres or kilometres, as far as the figure is worth. */
export function formatDistance(metres: number, lang: Lang): string {
  if (metres < 950) return `${Math.round(metres / 10) * 10} ${lang === 'zh' ? '米' : 'm'}`;
  return `${(metres / 1000).toFixed(1)} ${lang === 'zh' ? '公里' : 'km'}`;
}

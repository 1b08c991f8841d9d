/** How an incident looks on the map, as plain facts: what is drawn, legend and tests share them. */
import type { IncidentState, Severity } from '@wangge/incidents/contract';
import type { ClockTone } from '../time.ts';

export interface MapPoint {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly clock: ClockTone | null;
}

export interface PointSymbol {
  /** Severity by shape. */
  readonly shape: 'circle' | 'diamond' | 'triangle';
  /** State by colour, and by the letter-like mark inside. */
  readonly fill: string;
  readonly mark: string;
  /** Clock by ring: red and thick when overdue, dashed amber when nearly. */
  readonly ring: 'none' | 'warning' | 'overdue';
}

const shapes = { ordinary: 'circle', urgent: 'diamond', emergency: 'triangle' } as const satisfies Record<
  Severity,
  PointSymbol['shape']
>;

/** Dark enough for a white mark (contrast ≥ 4.5); none of them red. */
const looks = {
  reported: { fill: '#a84f00', mark: '报' },
  accepted: { fill: '#7d5c00', mark: '受' },
  registered: { fill: '#7d5c00', mark: '派' },
  handling: { fill: '#1f5fae', mark: '处' },
  responded: { fill: '#6a3ab2', mark: '核' },
  'reopen-requested': { fill: '#7a3c1a', mark: '重' },
  closed: { fill: '#227044', mark: '结' },
  rejected: { fill: '#5a6775', mark: '否' },
  withdrawn: { fill: '#5a6775', mark: '撤' },
  merged: { fill: '#5a6775', mark: '并' },
} as const satisfies Record<IncidentState, { fill: string; mark: string }>;

export function symbolOf(point: Pick<MapPoint, 'state' | 'severity' | 'clock'>): PointSymbol {
  return {
    shape: shapes[point.severity],
    ...looks[point.state],
    ring: point.clock === 'overdue' || point.clock === 'warning' ? point.clock : 'none',
  };
}

/** Drawn later means on top: urgent above ordinary, overdue above all. */
export function drawOrder(point: Pick<MapPoint, 'severity' | 'clock'>): number {
  const rank = { ordinary: 0, urgent: 1, emergency: 2 }[point.severity];
  return rank + (point.clock === 'overdue' ? 4 : point.clock === 'warning' ? 2 : 0);
}

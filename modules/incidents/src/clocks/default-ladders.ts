/** Levels of a town that set none of its own. */
import type { ClockPhase, LadderStep } from '../contract/clocks.ts';

const remind = (at: number, who: LadderStep['who'], repeatMin: number | null = null): LadderStep => ({
  unit: 'percent',
  at,
  act: 'remind',
  who,
  repeatMin,
});
const escalate = (at: number, to: 'village' | 'town' | 'county'): LadderStep => ({
  unit: 'percent',
  at,
  act: 'escalate',
  who: [],
  to,
  repeatMin: null,
});

export const defaultLadders: Readonly<Record<ClockPhase, readonly LadderStep[]>> = {
  accept: [remind(100, ['dispatcher'], 60), remind(200, ['leader'])],
  dispatch: [remind(100, ['dispatcher'], 60), remind(200, ['leader'])],
  handle: [
    remind(80, ['assignee', 'grid-head', 'dispatcher']),
    remind(100, ['assignee', 'grid-head', 'dispatcher'], 240),
    { unit: 'percent', at: 150, act: 'supervise', who: ['assignee', 'department'], repeatMin: null },
    escalate(200, 'village'),
    escalate(300, 'town'),
    escalate(400, 'county'),
  ],
  verify: [remind(100, ['dispatcher', 'grid-head'], 240)],
  take: [remind(100, ['assignee', 'dispatcher'], 60)],
  order: [remind(100, ['assignee'])],
};

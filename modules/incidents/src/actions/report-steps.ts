/** The moves that a report goes through in its own transaction. */
import { type Actor, systemActor } from '@wangge/kernel';
import type { IncidentSource, IncidentState } from '../states.ts';
import { checkMove, type SystemMove } from '../workflow.ts';

/** Members and dispatchers are accepted and registered by the platform; so are imported records. */
export const trustedSources: ReadonlySet<IncidentSource> = new Set(['member', 'dispatcher', 'import']);

/** Shown in the timeline where no account stands behind it. */
const sourceNames: Partial<Record<IncidentSource, string>> = {
  resident: '居民',
  open311: 'Open311',
  import: '导入',
  hotline: '热线',
  video: '视频',
};

export interface ReportStep {
  readonly move: 'report' | SystemMove;
  readonly atMs: number;
  readonly from: IncidentState | null;
  readonly to: IncidentState;
  readonly actor: Actor;
  readonly actorName: string;
  readonly reason: string | null;
}

/**
 * Walks the table as the platform; a step that the table does not have is a programmer's error. What the
 * platform does is done at `takenInMs`: nobody is late for what nobody could know.
 */
export function reportSteps(
  source: IncidentSource,
  actor: Actor,
  atMs: number,
  selfHandled: boolean,
  takenInMs = atMs,
): ReportStep[] {
  const actorName = actor.kind === 'account' ? actor.name : (sourceNames[source] ?? actor.name);
  const steps: ReportStep[] = [{ move: 'report', atMs, from: null, to: 'reported', actor, actorName, reason: null }];
  if (!trustedSources.has(source)) return steps;
  const moves: SystemMove[] = selfHandled ? ['accept', 'register', 'start', 'respond'] : ['accept', 'register'];
  const platform = systemActor('incidents');
  for (const move of moves) {
    const from = steps.at(-1)?.to ?? 'reported';
    const verdict = checkMove(move, 'system', {
      state: from,
      hasCategory: true,
      hasPlace: true,
      severity: 'ordinary',
      selfHandled,
      openRequiredOrders: 0,
      nowMs: atMs,
    });
    if (!verdict.ok) throw new Error(`a report cannot ${move} from ${from}: ${verdict.guard ?? verdict.code}`);
    const byReporter = move === 'start' || move === 'respond';
    steps.push({
      move,
      atMs: selfHandled ? atMs : takenInMs,
      from,
      to: verdict.to,
      actor: byReporter ? actor : platform,
      actorName: byReporter ? actorName : '系统',
      reason: byReporter ? '自处' : null,
    });
  }
  return steps;
}

import type { Task } from '@wangge/dispatch/contract';

export type TaskGroup = 'offered' | 'underWay' | 'suspended';

/** Emergencies first, then what is due first, then what came first. */
export function compareTasks(a: Task, b: Task): number {
  const urgent = Number(b.incident.severity === 'emergency') - Number(a.incident.severity === 'emergency');
  if (urgent !== 0) return urgent;
  const due = (a.incident.deadlineMs ?? Number.MAX_SAFE_INTEGER) - (b.incident.deadlineMs ?? Number.MAX_SAFE_INTEGER);
  return due !== 0 ? due : a.order.offeredAtMs - b.order.offeredAtMs;
}

/** Open tasks as the member sees them; an empty group is left out. */
export function groupTasks(tasks: readonly Task[]): readonly { group: TaskGroup; tasks: readonly Task[] }[] {
  const groups: Record<TaskGroup, Task[]> = { offered: [], underWay: [], suspended: [] };
  for (const task of tasks) {
    const { state } = task.order;
    groups[state === 'offered' ? 'offered' : state === 'suspended' ? 'suspended' : 'underWay'].push(task);
  }
  return (Object.keys(groups) as TaskGroup[])
    .filter((group) => groups[group].length > 0)
    .map((group) => ({ group, tasks: groups[group].toSorted(compareTasks) }));
}

/** What must not stay unseen becomes an incident, once a day and kind. */
import { areaIndex } from '@wangge/areas';
import { reportIncident } from '@wangge/incidents';
import { dayIn, type Runtime } from '@wangge/kernel';

const alarms = {
  disk: '录像磁盘无法写入，录像已停止，实时查看不受影响。请检查磁盘。',
  floor: '录像空间不足：剩余录像均未满最短保存期限或已锁定，系统不会删除。请扩容或减少录像。',
} as const;
export type RecordingAlarm = keyof typeof alarms;

/** Never throws: whoever alarms has something else to do; the log has it in any case. */
export async function alarm(rt: Runtime, kind: RecordingAlarm, facts: Record<string, unknown>): Promise<void> {
  rt.log.error({ alarm: `video.${kind}`, ...facts }, 'recordings are in danger');
  const town = areaIndex(rt)
    .all()
    .find((area) => area.level === 'town');
  const day = dayIn(rt.config.zone, rt.clock.nowMs());
  try {
    await rt.system('video', (tx) =>
      reportIncident(tx, `video:${kind}:${day}`, {
        categoryCode: 'patrol.facility',
        description: alarms[kind],
        areaId: town?.id,
        severity: 'urgent',
      }),
    );
  } catch (error) {
    rt.log.error({ err: error instanceof Error ? error.message : String(error) }, 'the alarm could not be reported');
  }
}

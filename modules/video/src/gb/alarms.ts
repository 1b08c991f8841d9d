/** What devices report: passed on as events, for whoever makes something of it. */
import type { MessageOf } from '@wangge/gb28181';
import type { Runtime } from '@wangge/kernel';
import { gbAlarm } from '../contract/gb.ts';
import { cleanText } from './channel-line.ts';
import { cameraOfChannel } from './store/channels.ts';

/** A motion detector in the rain reports many times a second. */
const restMs = 1000;
const mostKnown = 10_000;

export class Alarms {
  readonly #rt: Runtime;
  readonly #heardAtMs = new Map<string, number>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** One a second of the same kind from the same place. */
  async take(deviceId: string, alarm: MessageOf<'alarm'>): Promise<void> {
    const { deviceId: channelId, priority = null, method = null, alarmType, eventType } = alarm;
    const kind = alarmType ?? eventType ?? null;
    const key = [deviceId, channelId, method, kind].join('/');
    const nowMs = performance.now();
    if (nowMs - (this.#heardAtMs.get(key) ?? -Infinity) < restMs) return;
    // Numbers are the device's to choose: what it makes up must not fill the memory.
    if (this.#heardAtMs.size >= mostKnown) this.#heardAtMs.clear();
    this.#heardAtMs.set(key, nowMs);
    await this.#rt.system('video', async (tx) => {
      const camera = await cameraOfChannel(tx, deviceId, channelId);
      tx.emit(
        gbAlarm,
        {
          deviceId,
          channelId: channelId.slice(0, 40),
          priority,
          method,
          kind,
          description: cleanText(alarm.description, 200),
          heardAtMs: Date.now(),
          cameraId: camera?.cameraId ?? null,
        },
        { areaPath: camera?.areaPath ?? '', subjectId: deviceId },
      );
    });
  }
}

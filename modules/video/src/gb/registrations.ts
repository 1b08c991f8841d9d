/** Registrations outlive a restart in the database. */
import type { Registration, RegistrationStore } from '@wangge/gb28181';
import type { Runtime } from '@wangge/kernel';
import { dropRegistration, keepRegistrations, keptRegistrations } from './store/devices.ts';

interface Waiting {
  readonly registration: Registration;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A device hears 200 only after its registration is kept. After a power cut a thousand come within a second: what
 * comes while a write is under way goes into the next one, so that there are some dozens of them, not a thousand.
 */
export function databaseRegistrations(rt: Runtime): RegistrationStore {
  let waiting: Waiting[] = [];
  let writing = false;
  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        // Two of one device cannot be in one batch: calls for one device come one after the other.
        await rt.system('video', (tx) =>
          keepRegistrations(
            tx,
            batch.map((one) => one.registration),
          ),
        );
        for (const one of batch) one.done();
      } catch (error) {
        for (const one of batch) one.failed(error);
      }
    }
    writing = false;
  }
  return {
    load: () => rt.system('video', keptRegistrations),
    save: (registration) =>
      new Promise((done, failed) => {
        waiting.push({ registration, done, failed });
        void write();
      }),
    remove: (deviceId) => rt.system('video', (tx) => dropRegistration(tx, deviceId)),
  };
}

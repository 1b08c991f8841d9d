/** Turning a camera: who may, who holds it, and what is sent to it. */
import { AppError } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import type { Actor, Runtime, Tx } from '@wangge/kernel';
import type { PtzCommand } from '../contract/ptz.ts';
import { steererOf } from './camera-head.ts';
import { type Lease, leaseMs, mayTake, rankOver } from './rank.ts';
import {
  lockLease,
  presetsOf,
  removePreset,
  type SteeredCamera,
  steeredCamera,
  writeLease,
  writePreset,
} from './store.ts';

/**
 * The camera is held for ten seconds from each command on.
 *
 * @throws AppError `not-found`, `forbidden`, `guard-failed` (details.guard: retired, paused, no-ptz, held with
 *   heldByName and heldUntilMs; device-offline, device-silent, device-refused), `unavailable`
 */
export async function steerCamera(
  rt: Runtime,
  actor: Actor,
  cameraId: string,
  command: PtzCommand,
): Promise<{ heldByName: string; heldUntilMs: number }> {
  const { camera, lease, token } = await rt.tx(actor, (tx) => takeCamera(tx, cameraId, command));
  const set = await steererOf(rt, camera).run(command, token);
  if (command.do === 'set' || command.do === 'forget') {
    await rt.tx(actor, (tx) => keepPreset(tx, cameraId, command, set ?? token));
  }
  return { heldByName: lease.accountName, heldUntilMs: lease.untilMs };
}

async function takeCamera(
  tx: Tx,
  cameraId: string,
  command: PtzCommand,
): Promise<{ camera: SteeredCamera; lease: Lease; token: string | null }> {
  const camera = await steeredCamera(tx, cameraId);
  tx.rt.authorise(tx.actor, 'video.steer', { areaPath: camera.areaPath });
  const guard = whyNot(camera);
  if (guard !== null) throw new AppError('guard-failed', { details: { guard } });
  const accountId = tx.actor.id;
  if (accountId === null) throw new AppError('forbidden', { details: { permission: 'video.steer' } });
  return asPlatform(tx, async () => {
    const held = await lockLease(tx, cameraId);
    const rank = rankOver(tx.actor, camera.areaPath);
    if (!mayTake(held, { accountId, rank }, tx.nowMs)) {
      throw new AppError('guard-failed', {
        details: { guard: 'held', heldByName: held?.accountName ?? '', heldUntilMs: held?.untilMs ?? 0 },
      });
    }
    const lease = { accountId, accountName: tx.actor.name, rank, untilMs: tx.nowMs + leaseMs };
    await writeLease(tx, cameraId, lease);
    const running = held !== null && held.untilMs > tx.nowMs;
    if (!running || held.accountId !== accountId) {
      tx.audit({
        action: 'video.steer',
        subject: { kind: 'camera', id: cameraId },
        ...(running ? { details: { takenFrom: held.accountName } } : {}),
      });
    }
    const token = 'preset' in command ? await tokenOf(tx, cameraId, command.preset) : null;
    return { camera, lease, token };
  });
}

function whyNot(camera: SteeredCamera): string | null {
  if (camera.retired) return 'retired';
  if (camera.paused) return 'paused';
  // An address alone says nothing of turning.
  return camera.hasPtz && camera.sourceKind !== 'rtsp' ? null : 'no-ptz';
}
async function tokenOf(tx: Tx, cameraId: string, preset: number): Promise<string | null> {
  return (await presetsOf(tx, cameraId)).find((one) => one.preset === preset)?.token ?? null;
}

/** The name is kept here: many cameras keep the position and forget its name. */
async function keepPreset(
  tx: Tx,
  cameraId: string,
  command: Extract<PtzCommand, { do: 'set' | 'forget' }>,
  token: string | null,
): Promise<void> {
  await asPlatform(tx, async () => {
    if (command.do === 'forget') await removePreset(tx, cameraId, command.preset);
    else await writePreset(tx, cameraId, { preset: command.preset, name: command.name, token });
    tx.audit({
      action: `video.${command.do}-preset`,
      subject: { kind: 'camera', id: cameraId },
      details: { preset: command.preset, ...(command.do === 'set' ? { name: command.name } : {}) },
    });
  });
}

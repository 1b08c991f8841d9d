import { buildRtp } from '@wangge/rtp';
import { expect, onTestFinished, test } from 'vitest';
import { RtspSupervisor, type RtspClosure, type SupervisorClock, type SupervisorOptions } from '../src/index.ts';
import { behave, reply, startFakeCamera } from './support/fake-camera.ts';

/** Delays pass at once, an hour of failures takes a moment. */
function fastClock(random: number) {
  let now = 0;
  const clock: SupervisorClock = {
    nowMs: () => now,
    after: (ms, run) => {
      const timer = setImmediate(() => {
        now += ms;
        run();
      });
      return () => clearImmediate(timer);
    },
    random: () => random,
  };
  return { clock, nowMs: () => now };
}

function supervise(options: SupervisorOptions, count: number): Promise<{ delays: number[]; closures: RtspClosure[] }> {
  const delays: number[] = [];
  const closures: RtspClosure[] = [];
  return new Promise((resolve) => {
    const supervisor = new RtspSupervisor(options, {
      onTracks: () => {},
      onFrame: () => {},
      onInterrupted: (closure, delayMs) => {
        delays.push(delayMs);
        closures.push(closure);
        if (delays.length < count) return;
        supervisor.close();
        resolve({ delays, closures });
      },
    });
    onTestFinished(() => supervisor.close());
  });
}

test('delays grow to a minute over an hour of failures, and never beyond', async () => {
  const camera = await startFakeCamera((_, socket) => void socket.destroy());
  const { clock, nowMs } = fastClock(0.5);
  const { delays, closures } = await supervise({ url: `rtsp://127.0.0.1:${camera.port}/`, clock }, 66);
  expect(delays.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  expect(new Set(delays.slice(8))).toEqual(new Set([60_000]));
  expect(new Set(closures.map(({ reason }) => reason))).toEqual(new Set(['ended']));
  expect(nowMs()).toBeGreaterThan(3_500_000);
});

test.for([
  [0, 750],
  [0.999, 1250],
] as const)('delays are jittered by a quarter: %f', async ([random, expected]) => {
  const camera = await startFakeCamera((_, socket) => void socket.destroy());
  const { delays } = await supervise({ url: `rtsp://127.0.0.1:${camera.port}/`, clock: fastClock(random).clock }, 1);
  expect(Math.abs(delays[0]! - expected)).toBeLessThanOrEqual(1);
});

test('a refused password is tried again after minutes only', async () => {
  const camera = await startFakeCamera(() => 401);
  const options = { url: `rtsp://a:b@127.0.0.1:${camera.port}/`, clock: fastClock(0.5).clock };
  expect((await supervise(options, 2)).delays).toEqual([300_000, 300_000]);
});

test('after close nothing begins any more; hurry begins at once', async () => {
  const camera = await startFakeCamera((_, socket) => void socket.destroy());
  const waiting: (() => void)[] = [];
  const clock: SupervisorClock = { nowMs: () => 0, after: (_, run) => (waiting.push(run), () => {}), random: () => 0 };
  let interruptions = 0;
  const twice = new Promise<void>((resolve) => {
    const supervisor = new RtspSupervisor(
      { url: `rtsp://127.0.0.1:${camera.port}/`, clock },
      {
        onTracks: () => {},
        onFrame: () => {},
        onInterrupted: () => {
          interruptions += 1;
          if (interruptions === 1) supervisor.hurry();
          else resolve(supervisor.close());
        },
      },
    );
  });
  await twice;
  for (const run of waiting) run();
  expect(camera.connections).toBe(2);
});

test('a camera that ends its stream again and again is played again and again, until a signal', async () => {
  const packet = buildRtp(
    { payloadType: 96, marker: true, sequence: 1, timestamp: 0, ssrc: 1 },
    Buffer.concat([Buffer.of(0x65, 0x88), Buffer.alloc(20)]),
  );
  const camera = await startFakeCamera((request, socket) => {
    if (request.method !== 'PLAY') return behave(request);
    socket.write(reply(request, 200));
    socket.end(Buffer.concat([Buffer.of(0x24, 0, 0, packet.length), packet]));
    return undefined;
  });
  const stop = new AbortController();
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    const options = { url: `rtsp://127.0.0.1:${camera.port}/`, clock: fastClock(0).clock, signal: stop.signal };
    const supervisor = new RtspSupervisor(options, {
      onTracks: () => void seen.push('tracks'),
      onFrame: () => void seen.push('frame'),
      onInterrupted: ({ reason }) => {
        seen.push(reason);
        if (seen.length < 9) return;
        stop.abort();
        resolve();
      },
    });
    onTestFinished(() => supervisor.close());
  });
  expect(seen).toEqual(Array.from({ length: 3 }, () => ['tracks', 'frame', 'ended']).flat());
});

test('with a signal that was given before, nothing begins', async () => {
  const camera = await startFakeCamera(() => 200);
  const handlers = { onTracks: () => {}, onFrame: () => {}, onInterrupted: () => {} };
  const options = { url: `rtsp://127.0.0.1:${camera.port}/`, signal: AbortSignal.abort() };
  expect(new RtspSupervisor(options, handlers).session).toBeUndefined();
});

/** The program: makes the films once, starts the cameras, and enters them where it is told to. */
import { join } from 'node:path';
import { enterCameras } from './enter/enter-cameras.ts';
import { makeFilms } from './film/make-films.ts';
import { GbRecorder } from './gb/gb-recorder.ts';
import { Camera } from './loop/camera.ts';
import { FilmShelf } from './loop/film.ts';
import { answerDiscovery } from './onvif/discovery.ts';
import { OnvifDevice } from './onvif/onvif-device.ts';
import { type CommandOptions, readOptions, usage } from './options.ts';
import { type PlannedCamera, planCameras } from './plan.ts';
import { rtspPath, serveRtsp } from './rtsp/rtsp-cameras.ts';
import { scenes } from './scenes/index.ts';

const recorderId = '99010110001180000001';
/** What is to be closed at the end, in the order in which it was opened. */
const opened: { close(): Promise<void> }[] = [];

try {
  const options = readOptions(process.argv.slice(2), join(process.cwd(), 'data/demo-cameras'));
  if (options === undefined) say(usage);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  await closeAll();
}

async function run(options: CommandOptions): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void closeAll(true));
  const wanted = new Set(planCameras(options.count).map(({ scene }) => scene));
  await makeFilms(options.data, {
    scenes: scenes.filter(({ name }) => wanted.has(name)),
    onProgress: (done, total, tookS) => say(`films: ${done} of ${total} (${tookS.toFixed(0)} s)`),
  });
  const plan = planCameras(options.count);
  const shelf = new FilmShelf(options.data);
  const cameras = plan.map(
    ({ number, scene, speaker }) => new Camera(shelf, options.data, { number, scene, tone: speaker === true }),
  );
  const { host, credentials } = options;
  const rtsp = await serveRtsp({ host, port: options.rtspPort, cameras, credentials });
  opened.push(rtsp);
  // A camera that listens everywhere is reached by this machine's own name for itself.
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host;
  const rtspBase = `rtsp://${reached}:${rtsp.port}`;
  const devices = await startOnvif(options, plan, cameras, rtspBase);
  table(plan, rtspBase, devices);
  await joinPlatform(options, plan, cameras);
  if (options.enter !== undefined) await enter(options, plan, rtspBase);
  say('Ctrl-C ends it.');
}

async function startOnvif(
  { onvif, onvifPort, host, credentials }: CommandOptions,
  plan: readonly PlannedCamera[],
  cameras: readonly Camera[],
  rtspBase: string,
): Promise<OnvifDevice[]> {
  const devices: OnvifDevice[] = [];
  for (let index = 0; index < onvif; index++) {
    const port = onvifPort === 0 ? 0 : onvifPort + index;
    const { name } = plan[index]!;
    const device = await OnvifDevice.listen({ camera: cameras[index]!, name, host, port, rtspBase, credentials });
    opened.push(device);
    devices.push(device);
  }
  if (devices.length === 0) return devices;
  const answers = devices.map((device, index) => ({
    address: `${device.address}/onvif/device_service`,
    name: plan[index]!.name,
  }));
  try {
    opened.push(await answerDiscovery({ devices: () => answers }));
  } catch (error) {
    say(`no answer to discovery: ${error instanceof Error ? error.message : String(error)}`);
  }
  return devices;
}

async function joinPlatform(
  { gb, gbPassword, gbChannels, host }: CommandOptions,
  plan: readonly PlannedCamera[],
  cameras: readonly Camera[],
): Promise<void> {
  if (gb === undefined) return;
  const channels = plan.slice(0, gbChannels).map(({ name }, index) => ({ camera: cameras[index]!, name }));
  const recorder = new GbRecorder({ deviceId: recorderId, channels, host });
  opened.push(recorder);
  await recorder.join({
    ...gb,
    password: gbPassword,
    onOnline: () => say(`GB/T 28181: ${recorderId} is registered with ${channels.length} channels`),
    onOffline: (reason) => say(`GB/T 28181: ${reason}; it is tried again`),
  });
}

async function enter(options: CommandOptions, plan: readonly PlannedCamera[], rtspBase: string): Promise<void> {
  const { login, password, credentials, enter: town = '' } = options;
  const { entered, refused } = await enterCameras(plan, { town, sign: { login, password }, rtspBase, credentials });
  say(`${entered} of ${plan.length} cameras stand in the register of ${town}`);
  for (const { name, reason } of refused) say(`  not ${name}: ${reason}`);
  if (refused.length > 0) process.exitCode = 1;
}

function table(plan: readonly PlannedCamera[], rtspBase: string, devices: readonly OnvifDevice[]): void {
  for (const { number, name } of plan.slice(0, 40)) {
    const onvif = devices[number - 1]?.address ?? '';
    say(
      `${String(number).padStart(4)}  ${rtspBase}${rtspPath(number, 'main')}  ${onvif.padEnd(devices.length > 0 ? 24 : 0)} ${name}`,
    );
  }
  if (plan.length > 40) say(`  …   up to ${rtspBase}${rtspPath(plan.length, 'main')}`);
  say('The smaller picture is at …/sub.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function closeAll(byHand = false): Promise<void> {
  await Promise.allSettled(opened.splice(0).map((one) => one.close()));
  // Films being made are left unfinished; the next start goes on with them.
  if (byHand) process.exit();
}

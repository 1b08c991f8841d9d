/** The role that cameras register at (GB/T 28181): it asks them, calls them and turns them, and carries no video. */
import { openRuntime } from '@wangge/kernel';
import { type RunningSip, startSip } from '@wangge/video/sip';
import { modules } from '../modules.ts';
import { complain } from '../terminal.ts';
import { report, runRole } from './child-side.ts';
import { configOf } from './config.ts';

/** Another program may let go of the port. */
const retryMs = 30_000;
const portCodes = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL']);

runRole(async (setup) => {
  const rt = await openRuntime(configOf(setup, 4), modules);
  let running: RunningSip | undefined;
  let timer: NodeJS.Timeout | undefined;
  let said = false;
  const start = async (): Promise<void> => {
    try {
      running = await startSip(rt, {
        sipHost: setup.sip.host,
        sipPort: setup.sip.port,
        innerHost: '127.0.0.1',
        innerPort: 0,
        serverId: setup.sip.serverId,
        domain: null,
        mediaHost: null,
      });
      if (said) complain(`Cameras can register at port ${running.sipPort} now`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!portCodes.has(code)) throw error;
      // Cameras by RTSP and ONVIF need none of it: the town works on.
      if (!said) {
        complain(
          `Cameras cannot register: port ${setup.sip.host}:${setup.sip.port} cannot be had (${code}). Choose another with --sip-port; it is tried again`,
        );
      }
      said = true;
      timer = setTimeout(() => void start().catch((error_: unknown) => rt.log.error({ err: error_ }, 'SIP')), retryMs);
    }
  };
  await start();
  await report({ type: 'ready' });
  return async () => {
    clearTimeout(timer);
    await running?.close();
    await rt.close();
  };
});

/** A video worker as a process runs it: looking live, recording, looking back, cameras of every kind. */
import type { Runtime } from '@wangge/kernel';
import { openGbSource } from './gb/gb-source.ts';
import { type MediaOptions, type RunningMedia, startMedia } from './media/main.ts';
import { openOnvifSource } from './onvif/onvif-source.ts';
import { openPlayback } from './record/play/open-playback.ts';
import { startRecorder } from './record/recorder.ts';
import { endView, touchViews } from './watch/views.ts';

export { giveTicket, type RunningMedia } from './media/main.ts';

/** @throws Error with `code` EADDRINUSE or EACCES when the port cannot be had; nothing is left running then */
export function startWorker(rt: Runtime, options: MediaOptions): Promise<RunningMedia> {
  const said = (error: unknown): void => rt.log.warn({ err: error }, 'a look could not be written down');
  return startMedia(rt, {
    ...options,
    kinds: { gb28181: openGbSource(rt), onvif: openOnvifSource, ...options.kinds },
    takers: [startRecorder, ...(options.takers ?? [])],
    playback: openPlayback(rt, {
      touch: (viewId) => void touchViews(rt, [viewId]).catch(said),
      end: (viewId) => void endView(rt, viewId).catch(said),
    }),
  });
}

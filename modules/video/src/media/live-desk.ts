/** Gives viewers that come with a ticket their stream, and another one where the first cannot be shown. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import type { WebSocket } from 'ws';
import type { TakenView } from '../watch/tickets.ts';
import { Feeds } from './feeds.ts';
import type { Hubs, Variant } from './hub.ts';
import { LiveViewer } from './viewer.ts';
import type { OpenViews } from './views.ts';

/** @returns takes a socket whose ticket was judged */
export function openLiveDesk(
  rt: Runtime,
  hubs: Hubs,
  views: OpenViews,
): (socket: WebSocket, view: TakenView, query: URLSearchParams) => void {
  const feeds = new Feeds(hubs);

  return (socket, { viewId, cameraId, variant }, query) => {
    const hevc = query.get('hevc') === '1';
    let leave: (() => void) | undefined;
    let gone = false;
    const hangUp = (): void => viewer.end(null);

    const show = async (wanted: Variant): Promise<void> => {
      leave?.();
      leave = undefined;
      try {
        const left = await feeds.show(viewer, cameraId, wanted, hevc);
        if (gone) left();
        else leave = left;
      } catch (error) {
        if (!(error instanceof AppError)) rt.log.warn({ err: error, cameraId }, 'a stream could not be opened');
        viewer.end(error instanceof AppError && error.code === 'not-found' ? 'retired' : 'ended');
      }
    };
    let tried: Variant = variant;
    const viewer = new LiveViewer(socket, {
      // A camera's smaller picture is often H.264 where its larger one is not.
      onUnsupported: (one, codec) => {
        if (tried === 'sub') return one.sayUnsupported(codec);
        tried = 'sub';
        return void show('sub');
      },
      onClose: () => {
        gone = true;
        leave?.();
        views.end(viewId, hangUp);
      },
    });
    views.begin(viewId, hangUp);
    void show(variant);
  };
}

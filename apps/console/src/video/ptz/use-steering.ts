import { call, isCallError, type CallError } from '@wangge/client';
import { type PtzCommand, steerCamera } from '@wangge/video/contract';
import { useCallback, useEffect, useRef, useState } from 'react';

/** A move stops by itself after a second; sent again in time, it goes on. */
const repeatMs = 500;

export interface Move {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}
export interface Steering {
  readonly holder: { readonly name: string; readonly untilMs: number } | null;
  readonly error: CallError | null;
  readonly move: (move: Move) => void;
  readonly stop: () => void;
  readonly send: (command: PtzCommand) => Promise<boolean>;
}

/** Turns a camera for as long as a key is held down; one command at a time, the latest wins. */
export function useSteering(cameraId: string): Steering {
  const [holder, setHolder] = useState<Steering['holder']>(null);
  const [error, setError] = useState<CallError | null>(null);
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  const send = useCallback(
    async (body: PtzCommand) => {
      try {
        const { heldByName, heldUntilMs } = await call(steerCamera, { params: { id: cameraId }, body });
        setHolder({ name: heldByName, untilMs: heldUntilMs });
        setError(null);
        return true;
      } catch (caught) {
        if (!isCallError(caught)) throw caught;
        clearInterval(timer.current);
        timer.current = undefined;
        setError(caught);
        return false;
      }
    },
    [cameraId],
  );
  const stop = useCallback(() => {
    if (timer.current === undefined) return;
    clearInterval(timer.current);
    timer.current = undefined;
    void send({ do: 'stop' });
  }, [send]);
  const move = useCallback(
    (next: Move) => {
      clearInterval(timer.current);
      timer.current = setInterval(() => void send({ do: 'move', ...next }), repeatMs);
      void send({ do: 'move', ...next });
    },
    [send],
  );
  // Whoever leaves the panel, or the window, with a key held down lets go of it.
  useEffect(() => {
    window.addEventListener('blur', stop);
    return () => {
      window.removeEventListener('blur', stop);
      stop();
    };
  }, [stop]);
  return { holder, error, move, stop, send };
}

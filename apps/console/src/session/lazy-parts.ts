import { lazy } from 'react';
import { designed } from '../design/designed.tsx';

const loadConsole = () => import('./signed-in.tsx');

/** What is behind the sign-in, fetched when somebody gets there: who only stands at the door needs none of it. */
export const SignedIn = lazy(() => loadConsole().then((m) => ({ default: m.SignedIn })));
export const MustDo = lazy(() => designed(() => import('./must-do.tsx').then((m) => m.MustDo)));

/** Begins to fetch the console while somebody types, so that it is there once they are let in. */
export function fetchConsole(): void {
  void loadConsole().catch(() => undefined);
}

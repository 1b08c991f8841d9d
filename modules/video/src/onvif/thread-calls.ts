/** What the ONVIF thread is asked for. Only plain values cross over. */
import type { OnvifAddress } from './onvif-address.ts';

export interface OnvifProfile {
  readonly token: string;
  readonly name: string;
  readonly encoding: string | null;
  readonly width: number | null;
  readonly height: number | null;
}
export type OnvifCall =
  | { readonly do: 'profiles' }
  | { readonly do: 'stream'; readonly profile: string }
  | { readonly do: 'move'; readonly x: number; readonly y: number; readonly zoom: number; readonly timeoutMs: number }
  | { readonly do: 'stop' }
  | { readonly do: 'presets' }
  | { readonly do: 'go'; readonly token: string }
  | { readonly do: 'set'; readonly name: string; readonly token: string | null }
  | { readonly do: 'forget'; readonly token: string }
  | { readonly do: 'key'; readonly profile: string | null };

export interface OnvifAnswers {
  readonly profiles: readonly OnvifProfile[];
  /** Address of the stream. */
  readonly stream: string;
  readonly move: null;
  readonly stop: null;
  readonly presets: readonly { readonly token: string; readonly name: string }[];
  readonly go: null;
  /** Token of the position. */
  readonly set: string;
  readonly forget: null;
  readonly key: null;
}
/** `refused`: name or password; `silent`: no answer in time; `offline`: cannot be reached; `faulty`: an answer of no use. */
export type OnvifProblem = 'refused' | 'silent' | 'offline' | 'faulty';

export interface ToThread {
  readonly id: number;
  readonly address: OnvifAddress;
  readonly call: OnvifCall;
}
export type FromThread =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: OnvifProblem; readonly message: string };

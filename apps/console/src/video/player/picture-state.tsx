import { videoTexts } from '@wangge/texts/console';
import { relativeTime, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { StateIcon } from './state-icon.tsx';
import type { StreamState } from './stream-state.ts';

interface Props {
  readonly state: StreamState;
  /** When the still behind it was taken; null without one. */
  readonly stillAtMs: number | null;
  readonly onAgain: () => void;
}

/** What stands over a picture that is not live: a mark, words, how old what one sees is, and a way on. */
export function PictureState({ state, stillAtMs, onAgain }: Props) {
  const t = useTexts(videoTexts).player;
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(1000);
  const { kind } = state;
  if (kind === 'live') return null;
  const hint: Readonly<Partial<Record<string, string>>> = t.hints;
  const ageS = state.frameAtMs === null ? 0 : Math.max(0, Math.round((nowMs - state.frameAtMs) / 1000));
  const age =
    state.frameAtMs !== null
      ? t.frameAge(ageS < 60 ? `${ageS} s` : relativeTime(state.frameAtMs, nowMs, lang))
      : stillAtMs === null
        ? null
        : t.stillAge(relativeTime(stillAtMs, nowMs, lang));
  const reason = state.reason ? pick(state.reason) : (hint[kind] ?? null);
  return (
    <div className={`vp-state vp-state-${kind}`} role="status" data-testid="picture-state" data-state={kind}>
      <p className="vp-state-words">
        <StateIcon kind={kind} />
        <strong>{t.states[kind]}</strong>
      </p>
      {reason === null || reason === t.states[kind] ? null : <p className="vp-state-reason">{reason}</p>}
      {age === null ? null : <p className="vp-state-age">{age}</p>}
      {kind === 'connecting' || kind === 'idle' ? null : (
        <button type="button" className="vp-button" onClick={onAgain}>
          {t.again}
        </button>
      )}
    </div>
  );
}

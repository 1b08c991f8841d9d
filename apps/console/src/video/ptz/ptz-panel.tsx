import { videoTexts } from '@wangge/texts/console';
import { useNow, useTexts } from '@wangge/ui';
import { Slider } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { Presets } from './presets.tsx';
import { type Move, useSteering } from './use-steering.ts';

const keys: Readonly<Record<string, Move>> = {
  ArrowUp: { pan: 0, tilt: 1, zoom: 0 },
  ArrowDown: { pan: 0, tilt: -1, zoom: 0 },
  ArrowLeft: { pan: -1, tilt: 0, zoom: 0 },
  ArrowRight: { pan: 1, tilt: 0, zoom: 0 },
  '+': { pan: 0, tilt: 0, zoom: 1 },
  '=': { pan: 0, tilt: 0, zoom: 1 },
  '-': { pan: 0, tilt: 0, zoom: -1 },
};
const buttons = [
  { name: 'zoomOut', mark: '−', key: '-' },
  { name: 'up', mark: '▲', key: 'ArrowUp' },
  { name: 'zoomIn', mark: '+', key: '+' },
  { name: 'left', mark: '◀', key: 'ArrowLeft' },
  { name: 'down', mark: '▼', key: 'ArrowDown' },
  { name: 'right', mark: '▶', key: 'ArrowRight' },
] as const;

/** Turns a camera by keys and buttons that are held down; presets; who holds it. */
export function PtzPanel({ cameraId }: { cameraId: string }) {
  const t = useTexts(videoTexts).ptz;
  const steering = useSteering(cameraId);
  const [speed, setSpeed] = useState(0.5);
  const nowMs = useNow(1000);
  const { holder } = steering;
  const leftS = holder === null ? 0 : Math.ceil((holder.untilMs - nowMs) / 1000);
  const go = (key: string): void => {
    const move = keys[key];
    if (move) steering.move({ pan: move.pan * speed, tilt: move.tilt * speed, zoom: move.zoom * speed });
  };
  const down = (event: KeyboardEvent): void => {
    // Arrows inside a field or the slider belong to these.
    if ((event.target as HTMLElement).closest('input, [role="slider"]') || !(event.key in keys)) return;
    event.preventDefault();
    if (!event.repeat) go(event.key);
  };
  return (
    // The arrows belong to the panel as a whole.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="ptz"
      aria-label={t.title}
      // Keys of the panel as a whole: it must be reachable to hear them.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={down}
      onKeyUp={(event) => {
        if (event.key in keys) steering.stop();
      }}
      data-testid="ptz"
    >
      <p className="muted">{t.hint}</p>
      <div className="ptz-keys">
        {buttons.map(({ name, mark, key }) => (
          <button
            key={name}
            type="button"
            aria-label={t[name]}
            title={t[name]}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              go(key);
            }}
            onPointerUp={steering.stop}
            onPointerCancel={steering.stop}
            onKeyDown={(event) => {
              if ((event.key === 'Enter' || event.key === ' ') && !event.repeat) go(key);
            }}
            onKeyUp={(event) => {
              if (event.key === 'Enter' || event.key === ' ') steering.stop();
            }}
          >
            {mark}
          </button>
        ))}
      </div>
      <label>
        {t.speed}
        <Slider
          min={0.1}
          max={1}
          step={0.1}
          value={speed}
          onChange={setSpeed}
          ariaLabelForHandle={t.speed}
          tooltip={{ formatter: null }}
        />
      </label>
      <p role="status">{holder !== null && leftS > 0 ? t.held(holder.name, leftS) : t.free}</p>
      <FormProblem error={steering.error} />
      <Presets cameraId={cameraId} send={steering.send} />
    </section>
  );
}

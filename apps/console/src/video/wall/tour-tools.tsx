import { videoWallTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import type { CameraPin } from '@wangge/video/contract';
import { Button, InputNumber, Select } from 'antd';
import type { Tour } from './use-tour.ts';

interface Props {
  readonly pins: readonly CameraPin[];
  readonly cameraIds: readonly string[];
  readonly dwellS: number;
  readonly running: boolean;
  readonly held: boolean;
  readonly pages: number;
  readonly tour: Tour;
  readonly onCameras: (ids: readonly string[]) => void;
  readonly onDwell: (seconds: number) => void;
  readonly onRun: (running: boolean) => void;
}

/** A tour: which cameras, for how long each, start and stop, on and back. */
export function TourTools(props: Props) {
  const { pins, cameraIds, dwellS, running, held, pages, tour, onCameras, onDwell, onRun } = props;
  const t = useTexts(videoWallTexts);
  return (
    <div className="video-tools" role="group" aria-label={t.tour}>
      <Button type={running ? 'primary' : 'default'} aria-pressed={running} onClick={() => onRun(!running)}>
        {running ? t.tourStop : t.tourStart}
      </Button>
      {running ? (
        <>
          <Button onClick={() => tour.go(-1)}>{t.previous}</Button>
          <Button onClick={() => tour.go(1)}>{t.next}</Button>
          <span className="muted" data-testid="tour-page">
            {t.tourPage(tour.page + 1, Math.max(1, pages))}
            {pages > 1 ? ` · ${held ? t.tourHeld : t.tourLeft(tour.leftS)}` : ''}
          </span>
        </>
      ) : (
        <>
          <Select
            mode="multiple"
            className="tour-cameras"
            aria-label={t.tourOf}
            placeholder={t.tourOfHint}
            maxTagCount={1}
            value={[...cameraIds]}
            options={pins.map((pin) => ({ value: pin.id, label: pin.name }))}
            optionFilterProp="label"
            onChange={(ids: string[]) => onCameras(ids.slice(0, 500))}
          />
          <label className="video-inline">
            {t.dwell}
            <InputNumber min={5} max={600} value={dwellS} onChange={(value) => onDwell(value ?? 10)} />
          </label>
        </>
      )}
    </div>
  );
}

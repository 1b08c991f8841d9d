import { getRouteApi } from '@tanstack/react-router';
import { videoPlaybackTexts, videoTexts } from '@wangge/texts/console';
import { dayStart, ErrorBlock, formatDay, LoadingBlock, useNow, useTexts } from '@wangge/ui';
import type { CameraPin } from '@wangge/video/contract';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { fromLocal } from '../../common/local-time.ts';
import { Page } from '../../shell/page.tsx';
import { usePins } from '../common.ts';
import '../wall/wall.css';
import type { Look } from './look.ts';
import { PlaybackDesk } from './playback-desk.tsx';
import './playback.css';
import { WhyDialog } from './why-dialog.tsx';

const route = getRouteApi('/video/playback');
const mostCameras = 4;

/** Looking back at up to four cameras in step: first why, then the day. */
export function PlaybackPage() {
  const t = useTexts(videoPlaybackTexts);
  const title = useTexts(videoTexts).pages.playback;
  const search = route.useSearch();
  const { pins, byId, ready, error, retry } = usePins();
  const nowMs = useNow(60_000);
  const askedMs = search.at === undefined || Number.isNaN(Number(search.at)) ? null : Number(search.at);
  const [ids, setIds] = useState<readonly string[]>(() => (search.camera === undefined ? [] : [search.camera]));
  const [day, setDay] = useState(() => formatDay(askedMs ?? nowMs));
  const [asking, setAsking] = useState(false);
  const [look, setLook] = useState<{ look: Look; cameras: readonly CameraPin[]; dayMs: number } | null>(null);
  const dayMs = fromLocal(`${day}T00:00`);
  const chosen = ids.map((id) => byId.get(id)).filter((pin) => pin !== undefined);
  const end = (): void => setLook(null);
  return (
    <Page title={title} permission="video.playback">
      {!ready ? (
        error ? (
          <ErrorBlock error={error} onRetry={retry} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : (
        <>
          <div className="video-tools playback-tools">
            <Select
              mode="multiple"
              className="playback-cameras"
              aria-label={t.cameras}
              placeholder={t.cameras}
              maxCount={mostCameras}
              value={[...ids]}
              optionFilterProp="label"
              options={pins.map((pin) => ({ value: pin.id, label: pin.name }))}
              onChange={(next: string[]) => {
                setIds(next);
                end();
              }}
            />
            <label className="video-inline">
              {t.day}
              <Input
                type="date"
                max={formatDay(nowMs)}
                value={day}
                onChange={(event) => {
                  setDay(event.target.value);
                  end();
                }}
              />
            </label>
            <Button
              type={look ? 'default' : 'primary'}
              disabled={chosen.length === 0 || dayMs === null}
              onClick={() => setAsking(true)}
              data-testid="begin"
            >
              {t.begin}
            </Button>
          </div>
          {look ? (
            <PlaybackDesk
              key={`${look.dayMs} ${look.cameras.map(({ id }) => id).join()}`}
              {...look}
              askedMs={askedMs !== null && dayStart(askedMs) === look.dayMs ? askedMs : null}
            />
          ) : (
            <p className="muted">{t.hint}</p>
          )}
          {asking && dayMs !== null ? (
            <WhyDialog
              cameras={chosen}
              fromMs={dayMs}
              // The whole day: what is recorded while one looks is seen too.
              toMs={dayMs + 86_400_000}
              onClose={() => setAsking(false)}
              onLook={(next) => {
                setLook({ look: next, cameras: chosen, dayMs });
                setAsking(false);
              }}
            />
          ) : null}
        </>
      )}
    </Page>
  );
}

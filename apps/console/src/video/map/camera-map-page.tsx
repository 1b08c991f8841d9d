import { videoMapTexts, videoTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, useCall, usePick, useTexts } from '@wangge/ui';
import { TownMap, useTown, type MapHit } from '@wangge/ui/map';
import { camerasSeeing, linkStates } from '@wangge/video/contract';
import { useMemo, useState } from 'react';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { usePins } from '../common.ts';
import { LinkTag } from '../link-tag.tsx';
import { Player } from '../player/player.tsx';
import { WatchDialog } from '../watch-dialog.tsx';
import { mapCameras } from './map-cameras.ts';
import './camera-map.css';

interface Spot {
  readonly lon: number;
  readonly lat: number;
}

/** Cameras on the map: a click on one plays it, a click elsewhere asks which ones see that place. */
export function CameraMapPage() {
  const t = useTexts(videoMapTexts);
  const title = useTexts(videoTexts).pages.map;
  const pick = usePick();
  const may = useMay();
  const town = useTown();
  const { pins, byId, ready, error, retry } = usePins();
  const cameras = useMemo(() => mapCameras(pins), [pins]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const seeing = useCall(
    camerasSeeing,
    { query: { lon: spot?.lon ?? 0, lat: spot?.lat ?? 0 } },
    { enabled: spot !== null, freshMs: 60_000 },
  );
  const camera = chosen === null ? undefined : byId.get(chosen);
  const hit = (at: MapHit | null, place: Spot): void => {
    if (at?.kind === 'camera') return setChosen(at.id);
    setChosen(null);
    setSpot({ lon: Number(place.lon.toFixed(6)), lat: Number(place.lat.toFixed(6)) });
  };
  const describe = (at: MapHit): string | null => {
    const pin = at.kind === 'camera' ? byId.get(at.id) : undefined;
    return pin ? `${pin.name}\n${pick(linkStates[pin.link])}` : null;
  };
  const found = seeing.data?.items ?? [];
  return (
    <Page title={title} permission="video.read">
      {!ready ? (
        error ? (
          <ErrorBlock error={error} onRetry={retry} />
        ) : (
          <LoadingBlock rows={8} />
        )
      ) : (
        <div className="camera-map-page">
          <div className="camera-map-canvas">
            <TownMap town={town} cameras={cameras} pin={spot} onHit={hit} describe={describe} label={t.label} />
          </div>
          <section className="camera-map-side" aria-label={t.side} aria-live="polite">
            {camera && may('video.watch') ? (
              <>
                <div className="camera-map-player">
                  <Player
                    key={camera.id}
                    cameraId={camera.id}
                    name={camera.name}
                    tools={
                      <button type="button" className="vp-button" onClick={() => setOpen(camera.id)}>
                        {t.larger}
                      </button>
                    }
                  />
                </div>
                <p>
                  <LinkTag link={camera.link} />
                  {[camera.group, ...camera.tags].filter(Boolean).map((word) => ` · ${word}`)}
                </p>
              </>
            ) : null}
            {spot === null ? (
              camera ? null : (
                <p className="muted">{t.hint}</p>
              )
            ) : seeing.error ? (
              <ErrorBlock error={seeing.error} onRetry={() => void seeing.refetch()} />
            ) : seeing.data === undefined ? (
              <LoadingBlock rows={3} />
            ) : found.length === 0 ? (
              <EmptyBlock title={t.nobodySees} />
            ) : (
              <>
                <h2>{t.seeing}</h2>
                <ul className="camera-map-list">
                  {found.map((pin) => (
                    <li key={pin.id}>
                      <button type="button" className="tree-camera" onClick={() => setChosen(pin.id)}>
                        <LinkTag link={pin.link} short /> {pin.name}
                        <span className="muted"> {pin.sees ? t.sees(pin.distanceM) : t.near(pin.distanceM)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
        </div>
      )}
      {open === null ? null : <WatchDialog cameraId={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

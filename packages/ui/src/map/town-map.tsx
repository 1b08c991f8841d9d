import type { AreaLevel } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import 'ol/ol.css';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';
import { MapLegend } from './legend.tsx';
import './map.css';
import type { MapCamera } from './camera-layer.ts';
import type { MapCell } from './cell-symbols.ts';
import type { MapFinding } from './finding-layer.ts';
import type { MapMember } from './point-layers.ts';
import type { MapPoint } from './symbols.ts';
import { createTownMap, type HeatCells, type MapHit, type MapSight, type TownMapView } from './town-map-view.ts';
import type { Town } from './use-town.ts';

export interface TownMapProps {
  readonly town: Town;
  readonly incidents?: readonly MapPoint[];
  /** Groups in place of points, where there are many. */
  readonly clusters?: readonly MapCell[];
  readonly heat?: HeatCells | null;
  readonly members?: readonly MapMember[];
  readonly cameras?: readonly MapCamera[];
  readonly findings?: readonly MapFinding[];
  readonly selectedId?: string | null;
  readonly focusAreaId?: string | null;
  /** A chosen place, drawn with its accuracy. */
  readonly pin?: Place | null;
  /** Own position, drawn with its accuracy. */
  readonly own?: Place | null;
  /** Centre on this place when it changes; zooms in to about `revealResolution` metres per pixel. */
  readonly reveal?: Place | null;
  readonly revealResolution?: number;
  /** Go there when it changes, at that zoom of web maps. */
  readonly goTo?: (Place & { readonly zoom: number }) | null;
  readonly onSight?: (sight: MapSight) => void;
  readonly onHit?: (hit: MapHit | null, place: Place) => void;
  /** Text for the tooltip of what the pointer is at. */
  readonly describe?: (hit: MapHit) => string | null;
  readonly legend?: boolean;
  /** Accessible name. */
  readonly label?: string;
  readonly children?: ReactNode;
}

const nothing: readonly never[] = [];

/** The town's map. Focus it and use arrows, plus and minus; everything on it is also in a list elsewhere. */
export function TownMap(props: TownMapProps) {
  const {
    town,
    clusters = nothing,
    heat = null,
    goTo = null,
    incidents = nothing,
    members = nothing,
    cameras = nothing,
    findings = nothing,
  } = props;
  const t = useTexts(uiTexts).map;
  const target = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<TownMapView | null>(null);
  const [tip, setTip] = useState<{ text: string; x: number; y: number } | null>(null);

  const click = useEffectEvent((hit: MapHit | null, place: Place) => props.onHit?.(hit, place));
  const hover = useEffectEvent((hit: MapHit | null, [x = 0, y = 0]: readonly number[]) => {
    const text = hit ? (props.describe?.(hit) ?? null) : null;
    setTip((now) => (text === null ? null : now?.text === text && now.x === x && now.y === y ? now : { text, x, y }));
  });
  const sight = useEffectEvent((now: MapSight) => props.onSight?.(now));
  useEffect(() => {
    if (!target.current) return undefined;
    const made = createTownMap(target.current, matchMedia('(prefers-reduced-motion: reduce)').matches);
    made.onClick((hit, place) => click(hit, place));
    made.onHover((hit, pixel) => hover(hit, pixel));
    made.onSight((now) => sight(now));
    setView(made);
    return () => made.destroy();
  }, []);

  useEffect(() => view?.setBasemap(town.basemap), [view, town.basemap]);
  useEffect(() => {
    for (const [level, shapes] of Object.entries(town.shapes))
      view?.setAreas(level as AreaLevel, shapes ?? [], town.labels);
  }, [view, town.shapes, town.labels]);
  useEffect(() => view?.setIncidents(incidents), [view, incidents]);
  useEffect(() => view?.setClusters(clusters), [view, clusters]);
  useEffect(() => view?.setHeat(heat), [view, heat]);
  useEffect(() => view?.setMembers(members), [view, members]);
  useEffect(() => view?.setCameras(cameras), [view, cameras]);
  useEffect(() => view?.setFindings(findings), [view, findings]);
  useEffect(() => view?.setPin(props.pin ?? null), [view, props.pin]);
  useEffect(() => view?.setOwn(props.own ?? null), [view, props.own]);
  useEffect(() => view?.select(props.selectedId ?? null), [view, props.selectedId]);
  const shapesReady = Object.keys(town.shapes).length;
  useEffect(() => {
    view?.focusArea(props.focusAreaId ?? null);
    if (props.focusAreaId && shapesReady > 0) view?.fit(props.focusAreaId);
  }, [view, props.focusAreaId, shapesReady]);
  const { reveal, revealResolution } = props;
  useEffect(() => {
    if (reveal) view?.reveal(reveal, revealResolution);
  }, [view, reveal, revealResolution]);
  useEffect(() => {
    if (goTo) view?.goTo(goTo, goTo.zoom);
  }, [view, goTo]);

  return (
    <div className="wg-map" onPointerLeave={() => setTip(null)}>
      <div
        ref={target}
        className="wg-map-canvas"
        // The map takes the keyboard, so it must be reachable by it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="application"
        aria-label={`${props.label ?? t.label}（${t.hint}）`}
        data-testid="map"
      />
      <div className="wg-map-tools">
        <button type="button" className="wg-map-button" aria-label={t.zoomIn} onClick={() => view?.zoomBy(1)}>
          +
        </button>
        <button type="button" className="wg-map-button" aria-label={t.zoomOut} onClick={() => view?.zoomBy(-1)}>
          −
        </button>
        <button type="button" className="wg-map-button" onClick={() => view?.fit()}>
          {t.fit}
        </button>
      </div>
      {props.legend ? <MapLegend clusters={props.clusters !== undefined} /> : null}
      {tip ? (
        <div className="wg-map-tip" role="tooltip" style={{ left: tip.x + 14, top: tip.y + 14 }}>
          {tip.text}
        </div>
      ) : null}
      {props.children}
    </div>
  );
}

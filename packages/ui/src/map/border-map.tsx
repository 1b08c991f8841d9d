import 'ol/ol.css';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';
import type { AreaLabel, AreaShape } from './area-layer.ts';
import type { BasemapFeature } from './basemap-layer.ts';
import {
  type BorderCorner,
  type BorderHandle,
  borderLevels,
  type BorderLevel,
  type BorderMapView,
  createBorderMap,
} from './border-map-view.ts';
import './map.css';

interface BorderMapProps {
  readonly basemap: readonly BasemapFeature[];
  readonly shapes: Readonly<Record<BorderLevel, readonly AreaShape[]>>;
  readonly labels: ReadonlyMap<string, AreaLabel>;
  readonly focusId: string | null;
  readonly handles: readonly BorderHandle[];
  readonly activeId: string | null;
  readonly pending: { readonly from: BorderCorner; readonly to: BorderCorner } | null;
  readonly drawing: boolean;
  readonly label: string;
  readonly onArea: (id: string | null) => void;
  readonly onMoved: (handle: BorderHandle, to: BorderCorner) => void;
  readonly onPicked: (handle: BorderHandle) => void;
  readonly onLine: (corners: readonly BorderCorner[]) => void;
}

/** Borders under the pointer; everything that it can do, the forms beside it do from the keyboard. */
export function BorderMap(props: BorderMapProps) {
  const t = useTexts(uiTexts).map;
  const target = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<BorderMapView | null>(null);
  const area = useEffectEvent((id: string | null) => props.onArea(id));
  const moved = useEffectEvent((handle: BorderHandle, to: BorderCorner) => props.onMoved(handle, to));
  const picked = useEffectEvent((handle: BorderHandle) => props.onPicked(handle));
  const line = useEffectEvent((corners: readonly BorderCorner[]) => props.onLine(corners));
  useEffect(() => {
    if (!target.current) return undefined;
    const made = createBorderMap(target.current, {
      area: (id) => area(id),
      moved: (handle, to) => moved(handle, to),
      picked: (handle) => picked(handle),
      line: (corners) => line(corners),
    });
    setView(made);
    return () => made.destroy();
  }, []);
  useEffect(() => view?.setBasemap(props.basemap), [view, props.basemap]);
  useEffect(() => {
    for (const level of borderLevels) view?.setAreas(level, props.shapes[level], props.labels);
  }, [view, props.shapes, props.labels]);
  useEffect(() => view?.setHandles(props.handles, props.activeId), [view, props.handles, props.activeId]);
  useEffect(() => view?.setPending(props.pending?.from ?? null, props.pending?.to ?? null), [view, props.pending]);
  useEffect(() => view?.setDrawing(props.drawing), [view, props.drawing]);
  const ready = props.shapes.village.length > 0;
  useEffect(() => view?.focus(props.focusId, ready), [view, props.focusId, ready]);
  return (
    <div className="wg-map">
      <div
        ref={target}
        className="wg-map-canvas"
        // The map takes the keyboard, so it must be reachable by it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="application"
        aria-label={`${props.label}（${t.hint}）`}
        data-testid="border-map"
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
    </div>
  );
}

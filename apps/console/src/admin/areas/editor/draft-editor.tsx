import type { Area, AreaDraft } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { formatTime, useTexts } from '@wangge/ui';
import { BorderMap, type BorderCorner, type BorderHandle, type BorderLevel, useTown } from '@wangge/ui/map';
import { Alert } from 'antd';
import { useMemo, useState } from 'react';
import { AreaSelect } from '../../../common/area-select.tsx';
import { FormProblem } from '../../../common/form-problem.tsx';
import { Findings } from '../findings.tsx';
import { AreaEdits } from './area-edits.tsx';
import { borderModel, borderOf, type DraftShape, handlesOf, pieceOf } from './border-model.ts';
import { DraftTools } from './draft-tools.tsx';
import { Steps } from './steps.tsx';
import { useDraftEdits } from './use-draft-edits.ts';

interface Props {
  readonly draft: AreaDraft;
  readonly areas: readonly Area[];
  readonly shapes: readonly DraftShape[];
  readonly onClose: () => void;
}
const none: readonly never[] = [];

/** Map and forms of one draft; everything that the pointer does on the map, the forms do too. */
export function DraftEditor({ draft, areas, shapes, onClose }: Props) {
  const t = useTexts(borderTexts);
  const town = useTown();
  const edits = useDraftEdits(draft);
  const [areaId, setAreaId] = useState<string | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [pending, setPending] = useState<BorderCorner | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [line, setLine] = useState<readonly BorderCorner[] | null>(null);
  const model = useMemo(() => borderModel(areas, shapes), [areas, shapes]);
  const area = model.byId.get(areaId ?? '');
  const locked = draft.stale || draft.effectiveAtMs !== null;
  const pieces = useMemo(() => (area ? borderOf(model, area.id) : none), [model, area]);
  const handles = useMemo(
    () => (locked || drawing ? none : handlesOf(model, pieces)),
    [model, pieces, locked, drawing],
  );
  const byLevel = useMemo(() => {
    const levels: Record<BorderLevel, (DraftShape & { code: string; polygons: number[][][] })[]> = {
      village: [],
      grid: [],
      'micro-grid': [],
    };
    for (const shape of shapes) {
      const at = model.byId.get(shape.areaId);
      if (at && at.level in levels)
        levels[at.level as BorderLevel].push({
          areaId: shape.areaId,
          code: at.code,
          polygons: shape.polygons as number[][][],
        });
    }
    return levels;
  }, [shapes, model]);
  const active = handles.find(({ id }) => id === activeId);
  const route = useMemo(() => (active && pending ? { from: active.at, to: pending } : null), [active, pending]);
  const choose = (id: string | null): void => {
    setAreaId(id);
    setActiveId(null);
    setPending(null);
    draw(false);
  };
  const draw = (on: boolean): void => {
    setDrawing(on);
    setLine(null);
  };
  const moved = (handle: BorderHandle, to: BorderCorner): void => {
    setPending(null);
    const piece = handle.kind === 'middle' ? pieceOf(handle, pieces) : undefined;
    const edit = piece
      ? ({ kind: 'add-corner', a: [...piece.a], b: [...piece.b], at: [...to] } as const)
      : ({ kind: 'move-corners', moves: [{ from: [...handle.at], to: [...to] }] } as const);
    void edits.make(edit as Parameters<typeof edits.make>[0]).then((made) => setActiveId(made ? to.join() : null));
  };
  return (
    <div className="border-editor" data-testid="border-editor">
      <section className="panel border-map">
        <BorderMap
          basemap={town.basemap}
          shapes={byLevel}
          labels={model.byId}
          focusId={area?.id ?? null}
          handles={handles}
          activeId={activeId}
          pending={route}
          drawing={drawing}
          label={t.map}
          onArea={choose}
          onMoved={moved}
          onPicked={(handle) => {
            setPending(null);
            setActiveId(handle.kind === 'corner' ? handle.id : null);
          }}
          onLine={setLine}
        />
      </section>
      <section className="panel border-side" aria-label={draft.note}>
        <DraftTools draft={draft} edits={edits} onClose={onClose} />
        {draft.stale ? <Alert type="warning" showIcon title={t.stale} className="gap" /> : null}
        {edits.conflict ? (
          <Alert
            type="warning"
            showIcon
            role="alert"
            className="gap"
            title={t.conflict(edits.conflict.by, formatTime(edits.conflict.atMs))}
          />
        ) : edits.guard ? (
          <Alert type="error" showIcon role="alert" className="gap" title={t.guards[edits.guard]} />
        ) : (
          <FormProblem error={edits.error} />
        )}
        {locked ? null : (
          <>
            <h3>{t.area}</h3>
            <AreaSelect
              among={areas}
              {...(area ? { value: area.id } : {})}
              onChange={(id) => choose(id ?? null)}
              label={t.choose}
            />
            {area ? (
              <AreaEdits
                {...{ area, model, pieces, handles, edits, activeId, pending, drawing, line }}
                onActive={setActiveId}
                onPending={setPending}
                onDrawing={draw}
              />
            ) : (
              <p className="muted">{t.pick}</p>
            )}
          </>
        )}
        <Steps draft={draft} edits={locked ? null : edits} />
      </section>
      {edits.check.data && edits.check.data.findings.length > 0 ? (
        <section className="panel border-findings">
          <Findings
            findings={edits.check.data.findings}
            town={town}
            title={t.faults(edits.check.data.findings.length)}
          />
        </section>
      ) : null}
    </div>
  );
}

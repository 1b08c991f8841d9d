import type { Area } from '@wangge/areas/contract';
import { borderTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import type { BorderCorner, BorderHandle } from '@wangge/ui/map';
import { type BorderModel, neighboursOf, type Piece } from './border-model.ts';
import { CornerForm } from './corner-form.tsx';
import { JoinForm } from './join-form.tsx';
import { SplitForm } from './split-form.tsx';
import type { DraftEdits } from './use-draft-edits.ts';

interface Props {
  readonly area: Area;
  readonly model: BorderModel;
  readonly pieces: readonly Piece[];
  readonly handles: readonly BorderHandle[];
  readonly edits: DraftEdits;
  readonly activeId: string | null;
  readonly pending: BorderCorner | null;
  readonly drawing: boolean;
  readonly line: readonly BorderCorner[] | null;
  readonly onActive: (id: string | null) => void;
  readonly onPending: (to: BorderCorner | null) => void;
  readonly onDrawing: (drawing: boolean) => void;
}

/** All that can be done with the chosen area, from the keyboard too. */
export function AreaEdits({ area, model, pieces, handles, edits, drawing, line, onDrawing, ...corner }: Props) {
  const t = useTexts(borderTexts);
  const splits = area.level === 'grid' || area.level === 'micro-grid';
  const siblings = neighboursOf(model, area.id, area.level).filter(({ parentId }) => parentId === area.parentId);
  const parent = model.byId.get(area.parentId ?? '');
  const parents = parent ? neighboursOf(model, area.id, parent.level).filter(({ id }) => id !== parent.id) : [];
  return (
    <>
      <p className="muted">
        {area.name} · <code>{area.code}</code>
      </p>
      <CornerForm corners={handles.filter(({ kind }) => kind === 'corner')} pieces={pieces} edits={edits} {...corner} />
      {splits ? (
        <>
          <SplitForm key={area.id} {...{ area, pieces, edits, drawing, line, onDrawing }} />
          <JoinForm
            title={t.merge}
            label={t.mergeWith}
            action={t.mergeDo}
            choices={siblings}
            busy={edits.busy}
            onChoose={(otherId) => void edits.make({ kind: 'merge', areaId: area.id, otherId })}
          />
          <JoinForm
            title={t.rehang}
            label={t.rehangTo}
            action={t.rehangDo}
            choices={parents}
            busy={edits.busy}
            onChoose={(parentId) => void edits.make({ kind: 'rehang', areaId: area.id, parentId })}
          />
        </>
      ) : null}
    </>
  );
}

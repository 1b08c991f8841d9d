import { videoTexts, videoWallTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';
import { Player } from '../player/player.tsx';
import { dragType } from './camera-tree.tsx';

interface Props {
  readonly n: number;
  readonly camera: { readonly id: string; readonly name: string } | null;
  readonly still: { readonly url: string; readonly atMs: number | null } | null;
  readonly chosen: boolean;
  /** A tour fills the tiles: nothing to put in or take out. */
  readonly fixed: boolean;
  readonly onChoose: () => void;
  readonly onPut: (cameraId: string) => void;
  readonly onRemove: () => void;
  readonly onOpen: () => void;
}

export function WallTile({ n, camera, still, chosen, fixed, onChoose, onPut, onRemove, onOpen }: Props) {
  const t = useTexts(videoWallTexts);
  const player = useTexts(videoTexts).player;
  const [over, setOver] = useState(false);
  return (
    // A place to drop a camera on; by keys it is chosen inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={`wall-tile${chosen && !fixed ? ' wall-chosen' : ''}${over ? ' wall-over' : ''}`}
      aria-label={`${t.cell(n)}${camera ? ` · ${camera.name}` : ''}`}
      onDragOver={(event) => {
        if (fixed || !event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = event.dataTransfer.getData(dragType);
        if (id !== '') onPut(id);
      }}
    >
      {camera ? (
        <Player
          key={camera.id}
          cameraId={camera.id}
          name={camera.name}
          still={still}
          tools={
            <>
              <button type="button" className="vp-button" onClick={onOpen} title={player.sharperTitle}>
                {t.open}
              </button>
              {fixed ? null : (
                <button type="button" className="vp-button" onClick={onRemove}>
                  {t.remove}
                </button>
              )}
            </>
          }
        />
      ) : (
        <button type="button" className="wall-empty" aria-pressed={chosen} onClick={onChoose} disabled={fixed}>
          <strong>{t.cell(n)}</strong>
          {fixed ? null : <span>{t.emptyCellHint}</span>}
        </button>
      )}
    </li>
  );
}

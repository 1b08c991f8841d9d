import { videoTexts, videoWallTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useTexts } from '@wangge/ui';
import { type Wall, wallSizes } from '@wangge/video/contract';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Page } from '../../shell/page.tsx';
import { usePins } from '../common.ts';
import { WatchDialog } from '../watch-dialog.tsx';
import { CameraTree } from './camera-tree.tsx';
import { SavedWalls } from './saved-walls.tsx';
import { TourTools } from './tour-tools.tsx';
import { useStills } from './use-stills.ts';
import { useTour } from './use-tour.ts';
import { type Cells, emptied, nextTile, placed, resized, tourGroups, type WallSize } from './wall-model.ts';
import { WallTile } from './wall-tile.tsx';
import './wall.css';

const noCells: Cells = [null, null, null, null];

/** Several cameras at once: tiles by hand, saved walls, tours. */
export function WallPage() {
  const t = useTexts(videoWallTexts);
  const title = useTexts(videoTexts).pages.wall;
  const { pins, byId, ready, error, retry } = usePins();
  const [size, setSize] = useState<WallSize>(4);
  const [cells, setCells] = useState<Cells>(noCells);
  const [chosen, setChosen] = useState(0);
  const [wall, setWall] = useState<Wall | null>(null);
  const [touring, setTouring] = useState(false);
  const [tourIds, setTourIds] = useState<readonly string[]>([]);
  const [dwellS, setDwell] = useState(15);
  const [held, setHeld] = useState(false);
  const [tree, setTree] = useState(true);
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const toured = useMemo(() => (tourIds.length > 0 ? tourIds : pins.map((pin) => pin.id)), [tourIds, pins]);
  const groups = useMemo(() => tourGroups(toured, size), [toured, size]);
  const tour = useTour(groups.length, dwellS, touring, held);
  const shown: Cells = touring ? resized(groups[tour.page] ?? [], size) : cells;
  const stills = useStills(shown);
  const put = (at: number, id: string): void => {
    const next = placed(cells, at, id);
    setCells(next);
    setChosen(nextTile(next, at));
    setSaid(t.put(byId.get(id)?.name ?? '', at + 1));
  };
  const pick = (next: Wall | null): void => {
    setWall(next);
    if (!next) return;
    setSize(next.size);
    setCells(resized(next.cells, next.size));
    setTourIds(next.tour?.cameraIds ?? []);
    if (next.tour) setDwell(next.tour.dwellS);
    setTouring(false);
    setChosen(0);
  };
  const plan = {
    size,
    cells: [...cells],
    tour:
      tourIds.length === 0 ? null : { cameraIds: [...tourIds], dwellS, movingOnly: wall?.tour?.movingOnly ?? false },
  };
  const tools = (
    <>
      <Segmented<WallSize>
        aria-label={t.layout}
        value={size}
        options={wallSizes.map((n) => ({ value: n, label: String(n), title: t.cells(n) }))}
        onChange={(n) => {
          setSize(n);
          setCells(resized(cells, n));
          setChosen((now) => Math.min(now, n - 1));
        }}
      />
      <SavedWalls current={wall} plan={plan} onPick={pick} />
    </>
  );
  return (
    <Page title={title} permission="video.watch" tools={tools}>
      {!ready ? (
        error ? (
          <ErrorBlock error={error} onRetry={retry} />
        ) : (
          <LoadingBlock rows={8} />
        )
      ) : (
        <>
          <div className="video-tools wall-second">
            <Button aria-expanded={tree} onClick={() => setTree(!tree)}>
              {tree ? t.hideTree : t.showTree}
            </Button>
            <TourTools
              pins={pins}
              cameraIds={tourIds}
              dwellS={dwellS}
              running={touring}
              held={held}
              pages={groups.length}
              tour={tour}
              onCameras={setTourIds}
              onDwell={setDwell}
              onRun={setTouring}
            />
            {touring ? null : (
              <Button disabled={cells.every((id) => id === null)} onClick={() => setCells(cells.map(() => null))}>
                {t.clear}
              </Button>
            )}
          </div>
          <p className="hidden" role="status">
            {said}
          </p>
          <div className={tree ? 'wall-page' : 'wall-page wall-wide'}>
            {tree ? (
              <CameraTree
                pins={pins}
                shown={new Set(shown.filter((id) => id !== null))}
                onPick={(id) => {
                  setTouring(false);
                  put(Math.min(chosen, size - 1), id);
                }}
              />
            ) : null}
            {/* Only heard, so that a tour stands still meanwhile. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <ul
              className={`wall wall-${size}`}
              data-testid="wall"
              onPointerEnter={() => setHeld(true)}
              onPointerLeave={() => setHeld(false)}
              onFocus={() => setHeld(true)}
              onBlur={() => setHeld(false)}
            >
              {shown.map((id, i) => (
                <WallTile
                  // A tile stays the tile; its player changes with its camera.
                  key={i}
                  n={i + 1}
                  camera={id === null ? null : { id, name: byId.get(id)?.name ?? id }}
                  still={(id === null ? null : stills.get(id)) ?? null}
                  chosen={i === chosen}
                  fixed={touring}
                  onChoose={() => setChosen(i)}
                  onPut={(camera) => put(i, camera)}
                  onRemove={() => {
                    setCells(emptied(cells, i));
                    setChosen(i);
                  }}
                  onOpen={() => setOpen(id)}
                />
              ))}
            </ul>
          </div>
        </>
      )}
      {open === null ? null : <WatchDialog cameraId={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

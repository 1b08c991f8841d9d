import { videoWallTexts } from '@wangge/texts/console';
import type { CameraPin } from '@wangge/video/contract';
import { EmptyBlock, useTexts } from '@wangge/ui';
import { useAreas } from '@wangge/ui/map';
import { useDeferredValue, useMemo, useState } from 'react';
import { type CameraGroup, cameraGroups } from '../camera-groups.ts';
import { LinkTag } from '../link-tag.tsx';

export const dragType = 'application/x-wangge-camera';
/** So few are shown at once. */
const openUpTo = 60;

interface Props {
  readonly pins: readonly CameraPin[];
  readonly shown: ReadonlySet<string>;
  readonly onPick: (cameraId: string) => void;
}

/** Cameras by area: a click or Enter puts one into the chosen tile, dragging into any. */
export function CameraTree({ pins, shown, onPick }: Props) {
  const t = useTexts(videoWallTexts);
  const { areas, byId } = useAreas();
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words);
  const groups = useMemo(() => cameraGroups(pins, areas, byId, sought), [pins, areas, byId, sought]);
  const few = groups.reduce((sum, group) => sum + group.cameras.length, 0) <= openUpTo;
  return (
    <section className="wall-tree" aria-label={t.tree}>
      <input
        type="search"
        className="video-input"
        placeholder={t.treeSearch}
        aria-label={t.treeSearch}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <p className="muted">{t.treeHint}</p>
      {groups.length === 0 ? <EmptyBlock title={pins.length === 0 ? t.noCameras : t.treeEmpty} /> : null}
      {groups.map((group) => (
        // Another key opens or closes it anew when the search changes what is few.
        <Group key={`${group.areaId} ${few}`} group={group} open={few} shown={shown} onPick={onPick} />
      ))}
    </section>
  );
}

interface GroupProps extends Omit<Props, 'pins'> {
  readonly group: CameraGroup;
  readonly open: boolean;
}

function Group({ group, open, shown, onPick }: GroupProps) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {group.title} <span className="muted">{group.cameras.length}</span>
      </summary>
      {isOpen ? (
        <ul>
          {group.cameras.map((camera) => (
            <li key={camera.id}>
              <button
                type="button"
                className={shown.has(camera.id) ? 'tree-camera tree-shown' : 'tree-camera'}
                aria-pressed={shown.has(camera.id)}
                draggable
                onDragStart={(event) => event.dataTransfer.setData(dragType, camera.id)}
                onClick={() => onPick(camera.id)}
              >
                <LinkTag link={camera.link} short /> {camera.name}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

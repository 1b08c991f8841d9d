import { addCorner, moveCorners, removeCorner } from '@wangge/geo/edit';
import type { AreaEdit } from '../../contract.ts';
import type { TownShapes } from '../entry.ts';
import { type EditContext, type Edited, entryOf } from './edited.ts';
import { mergeAreas } from './merge-areas.ts';
import { rehangArea } from './rehang-area.ts';
import { splitArea } from './split-area.ts';
import { mosaicOf, withMosaic } from './tiles.ts';

/**
 * One edit of a town that `readyToEdit` has prepared, or an earlier edit gave. Pure.
 * @throws EditProblem, EditRefused
 */
export function applyEdit(town: TownShapes, edit: AreaEdit, context: EditContext): Edited {
  switch (edit.kind) {
    case 'move-corners':
      return borders(town, moveCorners(mosaicOf(town), edit.moves));
    case 'add-corner':
      return borders(town, addCorner(mosaicOf(town), edit.a, edit.b, edit.at));
    case 'remove-corner':
      return borders(town, removeCorner(mosaicOf(town), edit.at));
    case 'split':
      return splitArea(town, edit, context);
    case 'merge':
      return mergeAreas(town, edit, context);
    case 'rehang':
      return rehangArea(town, edit, context);
    default:
      return edit satisfies never;
  }
}

function borders(town: TownShapes, mosaic: ReturnType<typeof mosaicOf>): Edited {
  const after = withMosaic(town, town.entries, mosaic);
  const tiles = [...mosaic.keys()].filter((id) => after.polygons.get(id) !== town.polygons.get(id));
  return { town: after, names: tiles.map((id) => entryOf(town, id).name).toSorted() };
}

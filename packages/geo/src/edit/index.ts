export { EditProblem } from './edit-problem.ts';
export {
  allEdges,
  type Corner,
  cornerKey,
  edgeKey,
  type Mosaic,
  polygonsOf,
  rimCorners,
  type Tile,
  tileOf,
} from './mosaic.ts';
export { addCorner, type CornerMove, moveCorners, removeCorner } from './move-corners.ts';
export { type Split, splitTiles } from './split-tiles.ts';

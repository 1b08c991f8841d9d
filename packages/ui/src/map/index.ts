export { TownMap, type TownMapProps } from './town-map.tsx';
export { MapLegend } from './legend.tsx';
export { useAreas, useTown, type Town } from './use-town.ts';
export type { MapHit } from './town-map-view.ts';
export type { MapMember } from './point-layers.ts';
export type { MapFinding } from './finding-layer.ts';
export { symbolOf, type MapPoint } from './symbols.ts';
export { BorderMap } from './border-map.tsx';
export type { BorderCorner, BorderHandle, BorderLevel } from './border-map-view.ts';

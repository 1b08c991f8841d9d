/** Many incidents on a map: numbers by cell instead of points. */
import { idSchema } from '@wangge/contract-kit';
import { z } from 'zod';
import { cellZooms } from './cell-grid.ts';
import { severityNames } from '../states.ts';

const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
/** `west,south,east,north` in degrees. */
export const withinQuery = z
  .string()
  .max(100)
  .transform((s) => s.split(',').map(Number))
  .pipe(z.tuple([lon, lat, lon, lat]).refine(([west, south, east, north]) => west < east && south < north))
  .optional();

export const incidentCellSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  /** The middle of what is in it, not of the cell. */
  lon: z.number(),
  lat: z.number(),
  count: z.number().int(),
  overdue: z.number().int(),
  worst: z.enum(severityNames),
  /** The grid around that middle. */
  areaId: idSchema.nullable(),
});
export type IncidentCell = z.infer<typeof incidentCellSchema>;

/** What is asked beside the list's filter. */
export const cellQuery = {
  /** Zoom of web maps; a cell is a quarter of a tile wide, 64 pixels. */
  zoom: z.coerce.number().int().min(cellZooms.min).max(cellZooms.max),
  within: withinQuery,
};
export const incidentCellsSchema = z.object({
  /** Of all cells in the answer. */
  total: z.number().int(),
  /** There are more cells; these are the fullest. */
  truncated: z.boolean(),
  cells: z.array(incidentCellSchema),
});

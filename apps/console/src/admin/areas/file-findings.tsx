import type { AreaFinding } from '@wangge/areas/contract';
import { adminTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import type { Town } from '@wangge/ui/map';
import { Alert } from 'antd';
import { useMemo } from 'react';
import { Findings } from './findings.tsx';
import { outlinesOf } from './geojson-columns.ts';

/** Everything the check of an imported file found, over the file's own outlines. */
export function FileFindings({ findings, geojson }: { findings: readonly AreaFinding[]; geojson: string }) {
  const t = useTexts(adminTexts).areas.import;
  const town = useMemo<Town>(
    () => ({
      areas: [],
      byId: new Map(),
      labels: new Map(),
      basemap: [],
      shapes: { village: outlinesOf(geojson) },
      versionId: null,
    }),
    [geojson],
  );
  if (findings.length === 0) return <Alert type="success" showIcon title={t.none} className="gap" />;
  return <Findings findings={findings} town={town} title={t.found(findings.length)} />;
}

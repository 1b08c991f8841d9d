import type { AreaFinding } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import { adminTexts } from '@wangge/texts/console';
import { useLang, useTexts } from '@wangge/ui';
import { TownMap, type Town } from '@wangge/ui/map';
import { Button, Table } from 'antd';
import { useMemo, useState } from 'react';
import { findingKind, formatSquareMetres } from './finding-words.ts';

interface Props {
  readonly findings: readonly AreaFinding[];
  /** The outlines that they are shown over. */
  readonly town: Town;
  readonly title: string;
}
const most = 500;

/** Places where something is wrong, as a table and as numbers on the map. */
export function Findings({ findings, town, title }: Props) {
  const t = useTexts(adminTexts).areas;
  const { lang } = useLang();
  const [shown, setShown] = useState<Place | null>(null);
  const rows = useMemo(() => findings.slice(0, most).map((finding, i) => ({ ...finding, number: i + 1 })), [findings]);
  const marks = useMemo(() => rows.flatMap((row) => (row.at ? [{ number: row.number, place: row.at }] : [])), [rows]);
  return (
    <>
      <h3>{title}</h3>
      <div className="columns">
        <div className="version-map">
          <TownMap town={town} findings={marks} reveal={shown} revealResolution={2} label={t.import.findings} />
        </div>
        <Table
          size="small"
          rowKey="number"
          pagination={{ pageSize: 8, size: 'small', showSizeChanger: false }}
          scroll={{ x: 420 }}
          dataSource={rows}
          data-testid="findings"
          columns={[
            { title: '#', dataIndex: 'number', width: 50 },
            { title: t.import.kind, render: (_, row) => findingKind(row.kind, t.version.kinds) },
            { title: t.import.areas, render: (_, row) => row.codes.join(lang === 'zh' ? '、' : ', ') },
            {
              title: t.import.size,
              render: (_, row) => (row.areaM2 === null ? '' : formatSquareMetres(row.areaM2, lang)),
            },
            {
              title: t.import.showOnMap,
              render: (_, row) =>
                row.at ? (
                  <Button
                    size="small"
                    aria-label={`${t.import.showOnMap} ${row.number}`}
                    onClick={() => setShown(row.at)}
                  >
                    ⌖
                  </Button>
                ) : null,
            },
          ]}
        />
      </div>
    </>
  );
}

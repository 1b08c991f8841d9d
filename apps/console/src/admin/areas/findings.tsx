import type { AreaFinding } from '@wangge/areas/contract';
import type { Place } from '@wangge/contract-kit';
import { adminTexts } from '@wangge/texts/console';
import { useLang, useTexts } from '@wangge/ui';
import { TownMap, type Town } from '@wangge/ui/map';
import { Button, Table } from 'antd';
import { useMemo, useState } from 'react';
import { rowCards } from '../../common/row-cards.ts';
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
          pagination={{ pageSize: 8, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
          className="row-cards"
          scroll={{ x: 420 }}
          dataSource={rows}
          data-testid="findings"
          columns={rowCards<(typeof rows)[number]>([
            { title: '#', dataIndex: 'number', width: 40 },
            { title: t.import.kind, className: 'no-wrap', render: (_, row) => findingKind(row.kind, t.version.kinds) },
            { title: t.import.areas, render: (_, row) => row.codes.join(lang === 'zh' ? '、' : ', ') },
            {
              title: t.import.size,
              className: 'no-wrap',
              render: (_, row) => (row.areaM2 === null ? '' : formatSquareMetres(row.areaM2, lang)),
            },
            {
              title: t.import.map,
              width: 60,
              render: (_, row) =>
                row.at ? (
                  <Button
                    size="small"
                    aria-label={`${t.import.showOnMap} ${row.number}`}
                    onClick={() => setShown(row.at)}
                  >
                    {/* Drawn: hardly any font has the sign for it. */}
                    <svg
                      width="14"
                      height="14"
                      viewBox="0 0 14 14"
                      fill="none"
                      stroke="currentColor"
                      aria-hidden="true"
                    >
                      <circle cx="7" cy="7" r="4" />
                      <path d="M7 0v4M7 10v4M0 7h4M10 7h4" />
                    </svg>
                  </Button>
                ) : null,
            },
          ])}
        />
      </div>
    </>
  );
}

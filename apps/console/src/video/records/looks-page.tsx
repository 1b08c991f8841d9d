import { videoRecordTexts, videoTexts } from '@wangge/texts/console';
import { formatExact, formatSpan, useLang, usePick, useTexts } from '@wangge/ui';
import { listLooks, type Look, viewKinds, type ViewPurpose, viewPurposes } from '@wangge/video/contract';
import { Select } from 'antd';
import { useState } from 'react';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { usePins } from '../common.ts';
import { spanText } from './span-text.ts';

/** Who looked at which camera, when, why. */
export function LooksPage() {
  const t = useTexts(videoRecordTexts);
  const title = useTexts(videoTexts).pages.looks;
  const may = useMay();
  const pick = usePick();
  const { lang } = useLang();
  const [cameraId, setCamera] = useState<string | undefined>();
  const pages = usePages<Look>(listLooks, cameraId === undefined ? {} : { cameraId });
  const columns = [
    { title: t.who, key: 'who', render: (_: unknown, l: Look) => l.accountName },
    { title: t.camera, key: 'camera', render: (_: unknown, l: Look) => l.cameraName },
    { title: t.kind, key: 'kind', render: (_: unknown, l: Look) => pick(viewKinds[l.kind]) },
    { title: t.started, key: 'started', render: (_: unknown, l: Look) => formatExact(l.startedAtMs) },
    {
      title: t.lasted,
      key: 'lasted',
      render: (_: unknown, l: Look) =>
        l.endedAtMs === null ? t.stillLooking : formatSpan(l.endedAtMs - l.startedAtMs, lang),
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_: unknown, l: Look) =>
        [
          l.purpose !== null && l.purpose in viewPurposes ? pick(viewPurposes[l.purpose as ViewPurpose]) : l.purpose,
          l.reason,
          l.fromMs !== null && l.toMs !== null ? spanText(l.fromMs, l.toMs) : null,
        ]
          .filter(Boolean)
          .join(' · '),
    },
  ];
  return (
    <Page title={title}>
      <p className="muted">{t.looksHint}</p>
      {may('video.read') ? <CameraFilter value={cameraId} onChange={setCamera} /> : null}
      <PagedTable<Look> columns={columns} pages={pages} rowKey="viewId" empty={t.looksEmpty} minWidth={860} />
    </Page>
  );
}

function CameraFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const t = useTexts(videoTexts);
  const { pins } = usePins();
  return (
    <Select
      aria-label={t.cameraPick}
      placeholder={t.cameraPick}
      className="video-search"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      options={pins.map((pin) => ({ value: pin.id, label: pin.name }))}
      onChange={(id: string | null | undefined) => onChange(id ?? undefined)}
    />
  );
}

import { deleteVersion, listVersions, type AreaVersion } from '@wangge/areas/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, useLang, useSend, useTexts } from '@wangge/ui';
import { Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMay } from '../../session/me.tsx';
import { ImportAreas } from './import-areas.tsx';
import { Publish } from './publish.tsx';

/** All versions of the borders, what is wrong with each, and the way from a draft to being in force. */
export function Versions() {
  const t = useTexts(adminTexts).areas.version;
  const shell = useTexts(shellTexts);
  const { lang } = useLang();
  const may = useMay();
  const pages = usePages<AreaVersion>(listVersions, {}, { live: { types: ['areas.changed'] } });
  const [publishing, setPublishing] = useState<AreaVersion | null>(null);
  const remove = useSend(deleteVersion, [listVersions]);
  const faults = (version: AreaVersion): string => {
    const found = (Object.keys(t.kinds) as (keyof typeof t.kinds)[]).filter((kind) => version.faults[kind] > 0);
    return found.length === 0
      ? t.noFaults
      : found.map((kind) => `${t.kinds[kind]} ${version.faults[kind]}`).join(lang === 'zh' ? '，' : ', ');
  };
  return (
    <>
      {may('areas.edit') ? <ImportAreas onImported={pages.retry} /> : null}
      <FormProblem error={remove.error} />
      <PagedTable<AreaVersion>
        pages={pages}
        rowKey="id"
        empty={t.none}
        minWidth={760}
        columns={[
          { title: t.note, dataIndex: 'note' },
          { title: t.status, render: (_, row) => t.state[row.state] },
          { title: t.count, dataIndex: 'areaCount' },
          { title: t.faults, render: (_, row) => faults(row) },
          { title: t.created, render: (_, row) => formatTime(row.createdAtMs) },
          {
            title: t.effective,
            render: (_, row) => (row.effectiveAtMs === null ? '–' : formatTime(row.effectiveAtMs)),
          },
          {
            title: t.actions,
            render: (_, row) =>
              row.state === 'draft' && may('areas.edit') ? (
                <Space size={8}>
                  <Button size="small" onClick={() => setPublishing(row)}>
                    {t.publish}
                  </Button>
                  <Popconfirm
                    title={t.deleteSure}
                    okText={t.delete}
                    okButtonProps={{ danger: true }}
                    cancelText={shell.cancel}
                    onConfirm={() => remove.mutate({ params: { id: row.id } })}
                  >
                    <Button size="small" danger aria-label={t.deleteOf(row.note)}>
                      {t.delete}
                    </Button>
                  </Popconfirm>
                </Space>
              ) : null,
          },
        ]}
      />
      {publishing ? <Publish version={publishing} onClose={() => setPublishing(null)} onDone={pages.retry} /> : null}
    </>
  );
}

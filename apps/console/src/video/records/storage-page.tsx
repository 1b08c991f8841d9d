import { videoRecordTexts, videoTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, formatDay, LoadingBlock, StaleTag, useCall, useNow, useTexts } from '@wangge/ui';
import { readStorage } from '@wangge/video/contract';
import { Progress, Table } from 'antd';
import { rowCards } from '../../common/row-cards.ts';
import { Page } from '../../shell/page.tsx';
import { formatBytes } from '../common.ts';

const dayMs = 86_400_000;

/** What recordings take, and which cameras do not keep what they must. */
export function StoragePage() {
  const t = useTexts(videoRecordTexts);
  const title = useTexts(videoTexts).pages.storage;
  const nowMs = useNow(60_000);
  const { data, error, refetch, dataUpdatedAt } = useCall(readStorage, {});
  const share = data && data.quotaBytes > 0 ? Math.round((data.usedBytes / data.quotaBytes) * 100) : 0;
  type Row = NonNullable<typeof data>['cameras'][number];
  return (
    <Page title={title} permission="video.edit" tools={<StaleTag atMs={dataUpdatedAt} />}>
      {data === undefined ? (
        error ? (
          <ErrorBlock error={error} onRetry={() => void refetch()} />
        ) : (
          <LoadingBlock rows={8} />
        )
      ) : (
        <>
          <dl className="video-facts">
            {(
              [
                [t.used, data.usedBytes],
                [t.quota, data.quotaBytes],
                [t.free, data.freeBytes],
                [t.lockedBytes, data.lockedBytes],
              ] as const
            ).map(([name, bytes]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{formatBytes(bytes)}</dd>
              </div>
            ))}
          </dl>
          <Progress percent={share} aria-label={t.used} />
          {data.cameras.length === 0 ? (
            <EmptyBlock title={t.storageEmpty} />
          ) : (
            <Table<Row>
              size="small"
              className="gap row-cards"
              rowKey="cameraId"
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={data.cameras}
              columns={rowCards<Row>([
                { title: t.camera, key: 'camera', render: (_, row) => row.cameraName },
                {
                  title: t.size,
                  key: 'size',
                  align: 'right',
                  sorter: (a, b) => a.bytes - b.bytes,
                  render: (_, row) => formatBytes(row.bytes),
                },
                {
                  title: t.oldest,
                  key: 'oldest',
                  render: (_, row) =>
                    row.oldestMs === null
                      ? '—'
                      : `${formatDay(row.oldestMs)} · ${t.days(Math.floor((nowMs - row.oldestMs) / dayMs))}`,
                },
                { title: t.floor, key: 'floor', align: 'right', render: (_, row) => t.days(row.floorDays) },
                {
                  title: t.perDay,
                  key: 'perDay',
                  align: 'right',
                  render: (_, row) => (row.bytesPerDay === null ? t.perDayUnknown : formatBytes(row.bytesPerDay)),
                },
              ])}
            />
          )}
        </>
      )}
    </Page>
  );
}

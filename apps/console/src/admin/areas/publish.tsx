import {
  areaShapes,
  basemap,
  listAreas,
  listDrafts,
  listVersions,
  previewPublish,
  publishVersion,
  type AreaVersion,
} from '@wangge/areas/contract';
import { adminTexts, borderTexts, shellTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useNow, useSend, useTexts } from '@wangge/ui';
import { Alert, App, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { fromLocal } from '../../common/local-time.ts';
import { MovingList } from './editor/moving-list.tsx';
import { PublishTime } from './publish-time.tsx';
import { RefusedPlaces } from './refused-places.tsx';

interface Props {
  readonly version: Pick<AreaVersion, 'id' | 'note'>;
  /** Of a draft edited on the page: what one has seen. */
  readonly revision?: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Shows what would move before borders come into force. */
export function Publish({ version, revision, onClose, onDone }: Props) {
  const words = useTexts(borderTexts);
  const nowMs = useNow(10_000);
  const [at, setAt] = useState<string | null>(null);
  const effectiveAtMs = at === null ? null : fromLocal(at);
  const dateMissing = at !== null && (effectiveAtMs === null || effectiveAtMs <= nowMs);
  const t = useTexts(adminTexts).areas.version;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const preview = useCall(previewPublish, { params: { id: version.id } });
  const publish = useSend(publishVersion, [listAreas, areaShapes, basemap, listDrafts, listVersions]);
  const data = preview.data;
  const codes = (list: readonly string[]): string =>
    list.length === 0 ? shell.none : t.some(list.length, list.slice(0, 12), list.length > 12);
  return (
    <Modal
      open
      width={publish.error?.code === 'tiling-faulty' ? 960 : 640}
      title={`${t.preview} · ${version.note}`}
      okText={at === null ? t.publishNow : words.publishAt}
      cancelText={shell.cancel}
      okButtonProps={{
        disabled: data === undefined || dateMissing || publish.error?.code === 'tiling-faulty',
        loading: publish.isPending,
      }}
      onCancel={onClose}
      onOk={() =>
        publish.mutate(
          {
            params: { id: version.id },
            body: {
              ...(effectiveAtMs === null ? {} : { effectiveAtMs }),
              ...(revision === undefined ? {} : { revision }),
            },
          },
          {
            onSuccess: () => {
              void message.success(at === null ? t.published : words.willPublish);
              onDone();
              onClose();
            },
          },
        )
      }
    >
      {publish.error?.code === 'tiling-faulty' ? (
        <>
          <Alert type="error" showIcon role="alert" title={t.faulty} className="gap" />
          <RefusedPlaces error={publish.error} />
        </>
      ) : (
        <FormProblem error={publish.error} />
      )}
      {data === undefined ? (
        preview.error ? (
          <ErrorBlock error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <LoadingBlock rows={3} />
        )
      ) : (
        <>
          <dl className="facts">
            {(
              [
                [t.added, codes(data.addedCodes)],
                [t.removed, codes(data.removedCodes)],
                [t.changed, codes(data.changedCodes)],
                [t.moving, String(data.movingIncidents)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <MovingList moving={data.moving} incidentCount={data.movingIncidents} />
          <PublishTime at={at} problem={dateMissing} onAt={setAt} />
        </>
      )}
    </Modal>
  );
}

import {
  areaShapes,
  basemap,
  listAreas,
  previewPublish,
  publishVersion,
  type AreaVersion,
} from '@wangge/areas/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { Alert, App, Modal } from 'antd';
import { FormProblem } from '../../common/form-problem.tsx';
import { RefusedPlaces } from './refused-places.tsx';

interface Props {
  readonly version: AreaVersion;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Shows what would move before borders come into force. */
export function Publish({ version, onClose, onDone }: Props) {
  const t = useTexts(adminTexts).areas.version;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const preview = useCall(previewPublish, { params: { id: version.id } });
  const publish = useSend(publishVersion, [listAreas, areaShapes, basemap]);
  const data = preview.data;
  const codes = (list: readonly string[]): string =>
    list.length === 0 ? shell.none : t.some(list.length, list.slice(0, 12), list.length > 12);
  return (
    <Modal
      open
      width={publish.error?.code === 'tiling-faulty' ? 960 : 560}
      title={`${t.preview} · ${version.note}`}
      okText={t.publishNow}
      cancelText={shell.cancel}
      okButtonProps={{
        disabled: data === undefined || publish.error?.code === 'tiling-faulty',
        loading: publish.isPending,
      }}
      onCancel={onClose}
      onOk={() =>
        publish.mutate(
          { params: { id: version.id }, body: {} },
          {
            onSuccess: () => {
              void message.success(t.published);
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
      )}
    </Modal>
  );
}

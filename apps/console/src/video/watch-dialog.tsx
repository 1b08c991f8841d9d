import { Link } from '@tanstack/react-router';
import { shellTexts, videoTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useTexts } from '@wangge/ui';
import { readCamera } from '@wangge/video/contract';
import { Modal } from 'antd';
import { Player } from './player/player.tsx';
import { PtzPanel } from './ptz/ptz-panel.tsx';

/** One camera alone: the sharp picture by the quickest way, turning, the way to its recordings. */
export function WatchDialog({ cameraId, onClose }: { cameraId: string; onClose: () => void }) {
  const t = useTexts(videoTexts);
  const shell = useTexts(shellTexts);
  const live = { types: ['video.camera-changed'], id: cameraId };
  const { data: camera, error, refetch } = useCall(readCamera, { params: { id: cameraId } }, { live });
  const steers = camera?.hasPtz === true && camera.may.steer;
  return (
    <Modal
      open
      width={1040}
      title={camera?.name ?? t.camera}
      onCancel={onClose}
      cancelText={shell.close}
      footer={
        camera?.may.playback ? (
          <Link to="/video/playback" search={{ camera: cameraId }} onClick={onClose}>
            {t.pages.playback}
          </Link>
        ) : null
      }
      destroyOnHidden
    >
      {camera === undefined ? (
        error ? (
          <ErrorBlock error={error} onRetry={() => void refetch()} />
        ) : (
          <LoadingBlock rows={6} />
        )
      ) : (
        <div className={steers ? 'watch' : 'watch watch-alone'}>
          <div className="watch-picture">
            <Player cameraId={camera.id} name={camera.name} variant="main" prefer="webrtc" />
          </div>
          {steers ? <PtzPanel cameraId={camera.id} /> : null}
        </div>
      )}
    </Modal>
  );
}

import type { CallError } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { shellTexts, videoCameraTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import {
  type Camera,
  cameraClasses,
  cameraClassNames,
  cameraPins,
  createCamera,
  editCamera,
  type GbChannel,
  listCameras,
  listGbChannels,
  listGbDevices,
  readCamera,
} from '@wangge/video/contract';
import { Alert, App, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { type CameraFields, type CameraSpot, fieldsOf, inputOf } from './camera-fields.ts';
import './cameras.css';
import { RecordingFields } from './recording-fields.tsx';
import { SourceFields } from './source-fields.tsx';
import { SpotFields } from './spot-fields.tsx';

interface Props {
  /** Null: a new one. */
  readonly camera: Camera | null;
  /** A new one from behind a device of GB/T 28181. */
  readonly channel?: GbChannel | null;
  readonly onClose: () => void;
}

const changedByIt = [listCameras, cameraPins, readCamera, listGbChannels, listGbDevices];

/** All that the register holds of a camera. */
export function CameraForm({ camera, channel = null, onClose }: Props) {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const [form] = Form.useForm<CameraFields>();
  // The same for each try, so that a lost answer cannot make two.
  const [key] = useState(newId);
  const [tried, setTried] = useState(false);
  const [spot, setSpot] = useState<CameraSpot>(() => ({
    place:
      camera?.place ?? (channel?.lon != null && channel.lat !== null ? { lon: channel.lon, lat: channel.lat } : null),
    cone: camera?.cone ?? null,
  }));
  const create = useSend(createCamera, changedByIt);
  const edit = useSend(editCamera, changedByIt);
  const kind = Form.useWatch('class', form);
  const needed = [{ required: true, whitespace: true, message: shell.required }];
  const submit = (fields: CameraFields): void => {
    if (!spot.place) return;
    const input = inputOf({ ...fieldsOf(camera, channel), ...fields }, spot.place, spot.cone);
    const done = {
      onSuccess: () => {
        void message.success(t.saved);
        onClose();
      },
    };
    const onError = (error: CallError): void => {
      if (!wantsPassword(error)) return;
      form.setFields([{ name: 'password', errors: [t.passwordNeeded] }]);
      form.focusField('password');
    };
    if (camera) {
      const body = { version: camera.version, camera: input };
      edit.mutate({ params: { id: camera.id }, body }, { ...done, onError });
    } else create.mutate({ body: { key, camera: input } }, done);
  };
  const date = (name: 'filedOn' | 'installedOn' | 'signSeenOn') => (
    <Form.Item name={name} label={t[name]}>
      <Input type="date" />
    </Form.Item>
  );
  return (
    <Modal
      open
      width={960}
      title={camera ? t.editTitle(camera.name) : t.add}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={create.isPending || edit.isPending}
      afterOpenChange={focusFirstField}
      onCancel={onClose}
      onOk={() => {
        setTried(true);
        form.submit();
      }}
    >
      <FormProblem error={create.error ?? (wantsPassword(edit.error) ? null : edit.error)} />
      <Form<CameraFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={fieldsOf(camera, channel)}
        onFinish={submit}
      >
        <h3>{t.basics}</h3>
        <div className="video-fields">
          <Form.Item name="name" label={t.name} rules={needed}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="code" label={t.code} extra={t.codeHint}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="class" label={t.class}>
            <Select options={cameraClassNames.map((value) => ({ value, label: pick(cameraClasses[value]) }))} />
          </Form.Item>
          {kind === 'household' ? (
            <Form.Item name="ownerAccountId" label={t.owner} extra={t.ownerHint} rules={needed}>
              <Input maxLength={36} />
            </Form.Item>
          ) : null}
          <Form.Item name="group" label={t.group}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="tags" label={t.tags} extra={t.tagsHint}>
            <Select mode="tags" maxCount={20} open={false} suffixIcon={null} />
          </Form.Item>
          <Form.Item name="address" label={t.address}>
            <Input maxLength={200} />
          </Form.Item>
          <div>
            <Form.Item name="hasPtz" valuePropName="checked" noStyle>
              <Checkbox>{t.ptz}</Checkbox>
            </Form.Item>
            <Form.Item name="hasSpeaker" valuePropName="checked" noStyle>
              <Checkbox>{t.speaker}</Checkbox>
            </Form.Item>
          </div>
        </div>
        <h3>{t.source}</h3>
        <SourceFields hasPassword={camera?.source.hasPassword ?? false} />
        <h3>{t.place}</h3>
        <p className="muted">{t.placeHint}</p>
        <SpotFields spot={spot} onSpot={setSpot} />
        {tried && !spot.place ? <Alert type="error" role="alert" className="gap" title={t.placeNeeded} /> : null}
        <h3>{t.duties}</h3>
        <div className="video-fields">
          <Form.Item name="responsibleBody" label={t.responsibleBody} rules={needed}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="legalBasis" label={t.legalBasis} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
          {date('installedOn')}
          {date('filedOn')}
          <Form.Item name="filingNumber" label={t.filingNumber}>
            <Input maxLength={60} />
          </Form.Item>
          {date('signSeenOn')}
        </div>
        <h3>{t.recording}</h3>
        <RecordingFields />
      </Form>
    </Modal>
  );
}

/** It is told at its field. */
function wantsPassword(error: CallError | null): boolean {
  return error?.code === 'guard-failed' && error.details['guard'] === 'password-needed';
}

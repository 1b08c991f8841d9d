import { incidentTexts, shellTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Alert, Checkbox, Form, Input, Modal } from 'antd';
import { focusFirstField } from '../common/focus-first.ts';
import { FormProblem } from '../common/form-problem.tsx';
import { allPhotos, holdsNumber } from './release-photos.ts';
import type { MoveFormProps } from './use-moving.tsx';

export interface ReleaseValues {
  readonly publicText?: string;
  readonly photoIds: string[];
}
interface Fields {
  publicText?: string;
  photoIds: string[];
}
/** As many as the route takes. */
const mostPhotos = 9;

/** The text is the reporter's until somebody has taken the persons out of it; no photo goes out unless ticked. */
export function ReleaseForm({ incident, busy, error, onCancel, onSubmit }: MoveFormProps<string, ReleaseValues>) {
  const t = useTexts(incidentTexts);
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<Fields>();
  const text = Form.useWatch('publicText', form) ?? '';
  const chosen = Form.useWatch('photoIds', form) ?? [];
  const photos = allPhotos(incident);
  const { release } = incident;
  const submit = ({ publicText, photoIds }: Fields): void => {
    const words = publicText?.trim() ?? '';
    onSubmit({ photoIds, ...(words === '' ? {} : { publicText: words }) });
  };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={`${t.release.open} · ${incident.number}`}
      okText={t.release.submit}
      cancelText={shell.cancel}
      okButtonProps={{ disabled: text.trim() === '' && chosen.length === 0 }}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
      width={560}
    >
      <FormProblem error={error} />
      <Alert type="warning" showIcon className="gap" title={t.release.warning} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          publicText: release.publicText ?? incident.description,
          photoIds: release.released ? [...release.photoIds] : [],
        }}
        onFinish={submit}
      >
        <Form.Item
          name="publicText"
          label={t.release.text}
          {...(holdsNumber(text) ? { extra: <strong role="alert">⚠ {t.release.number}</strong> } : {})}
        >
          <Input.TextArea maxLength={4000} showCount autoSize={{ minRows: 4, maxRows: 12 }} />
        </Form.Item>
        {photos.length > 0 ? (
          <Form.Item name="photoIds" label={t.release.photos}>
            <Checkbox.Group className="release-photos">
              {photos.map((photo, i) => (
                <Checkbox
                  key={photo.fileId}
                  value={photo.fileId}
                  disabled={chosen.length >= mostPhotos && !chosen.includes(photo.fileId)}
                >
                  <span className="photo">
                    <img src={photo.thumbUrl} alt={t.release.photo(i + 1)} />
                    <span>{t.photos[photo.purpose]}</span>
                  </span>
                </Checkbox>
              ))}
            </Checkbox.Group>
          </Form.Item>
        ) : (
          <Form.Item name="photoIds" hidden>
            <Checkbox.Group />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

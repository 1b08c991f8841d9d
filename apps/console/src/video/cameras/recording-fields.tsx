import { shellTexts, videoCameraTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { recordingModes } from '@wangge/video/contract';
import { Button, Checkbox, Form, Input, InputNumber, Radio } from 'antd';
import { minuteOf, timeOf } from '../../patrols/day-time.ts';
import type { CameraFields } from './camera-fields.ts';

const modes = ['off', 'always', 'schedule'] as const;
type Span = CameraFields['spans'][number];

/** Minutes of the day as a field of time; the end of a day reads 00:00. */
function TimeField(props: { value?: number; onChange?: (min: number) => void; end?: boolean; label: string }) {
  const { value = 0, onChange, end = false, label } = props;
  return (
    <Input
      type="time"
      aria-label={label}
      style={{ width: 110 }}
      value={timeOf(value % 1440)}
      onChange={(event) => {
        const min = minuteOf(event.target.value, end);
        if (min !== null) onChange?.(min);
      }}
    />
  );
}

/** When a camera is recorded, and for how long that is kept. */
export function RecordingFields() {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const mode = Form.useWatch<CameraFields['mode']>('mode');
  const days = t.weekdays.split(',').map((label, i) => ({ label, value: i + 1 }));
  const needed = [{ required: true, message: shell.required }];
  return (
    <>
      <Form.Item name="mode" label={t.mode}>
        <Radio.Group options={modes.map((value) => ({ value, label: pick(recordingModes[value]) }))} />
      </Form.Item>
      {mode === 'schedule' ? (
        <Form.List
          name="spans"
          rules={[
            {
              validator: (_, spans: Span[] | undefined) =>
                spans && spans.length > 0 && spans.every((span) => span.weekdays.length > 0)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t.spansNeeded)),
            },
          ]}
        >
          {(rows, { add, remove }, { errors }) => (
            <fieldset className="camera-spans">
              <legend>{t.spans}</legend>
              {rows.map((row) => (
                <div key={row.key} className="video-tools">
                  <Form.Item name={[row.name, 'weekdays']} noStyle>
                    <Checkbox.Group options={days} aria-label={t.weekdaysLabel} />
                  </Form.Item>
                  <Form.Item name={[row.name, 'fromMin']} noStyle>
                    <TimeField label={t.from} />
                  </Form.Item>
                  –
                  <Form.Item name={[row.name, 'toMin']} noStyle>
                    <TimeField label={t.to} end />
                  </Form.Item>
                  <Button size="small" onClick={() => remove(row.name)}>
                    {t.removeSpan}
                  </Button>
                </div>
              ))}
              <Button
                size="small"
                disabled={rows.length >= 20}
                onClick={() => add({ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMin: 0, toMin: 1440 })}
              >
                {t.addSpan}
              </Button>
              <Form.ErrorList errors={errors} />
            </fieldset>
          )}
        </Form.List>
      ) : null}
      <div className="video-fields">
        <Form.Item name="variant" label={t.variant}>
          <Radio.Group options={(['main', 'sub'] as const).map((value) => ({ value, label: t.variants[value] }))} />
        </Form.Item>
        <Form.Item name="floorDays" label={t.floor} extra={t.floorHint} rules={needed}>
          <InputNumber min={1} max={365} precision={0} />
        </Form.Item>
        <Form.Item
          name="ceilingDays"
          label={t.ceiling}
          dependencies={['floorDays']}
          rules={[
            ...needed,
            ({ getFieldValue }) => ({
              validator: (_, value: number) =>
                value >= Number(getFieldValue('floorDays'))
                  ? Promise.resolve()
                  : Promise.reject(new Error(t.ceilingWrong)),
            }),
          ]}
        >
          <InputNumber min={1} max={365} precision={0} />
        </Form.Item>
      </div>
    </>
  );
}

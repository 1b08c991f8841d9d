import { shellTexts, videoTexts } from '@wangge/texts/console';
import { useCall, useRefresh, useTexts } from '@wangge/ui';
import { cameraPresets } from '@wangge/video/contract';
import { App, Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { Steering } from './use-steering.ts';

/** Named positions: go there, keep the present view as one, delete. */
export function Presets({ cameraId, send }: { cameraId: string; send: Steering['send'] }) {
  const t = useTexts(videoTexts).ptz;
  const shell = useTexts(shellTexts);
  const { modal } = App.useApp();
  const refresh = useRefresh();
  const { data } = useCall(cameraPresets, { params: { id: cameraId } });
  const presets = data?.items ?? [];
  const free = Array.from({ length: 255 }, (_, i) => i + 1).find((n) => !presets.some((p) => p.preset === n)) ?? 1;
  const [number, setNumber] = useState<number | null>(null);
  const [name, setName] = useState('');
  const change = async (command: Parameters<typeof send>[0]): Promise<void> => {
    if (await send(command)) await refresh(cameraPresets);
  };
  return (
    <>
      <h3>{t.presets}</h3>
      {presets.length === 0 ? <p className="muted">{t.noPresets}</p> : null}
      <ul>
        {presets.map((preset) => (
          <li key={preset.preset}>
            <Button type="link" size="small" onClick={() => void send({ do: 'go', preset: preset.preset })}>
              {t.go(preset.name)}
            </Button>
            <Button
              type="text"
              size="small"
              onClick={() =>
                void modal.confirm({
                  title: t.forgetAsk(preset.name),
                  okText: t.forget,
                  cancelText: shell.cancel,
                  onOk: () => change({ do: 'forget', preset: preset.preset }),
                })
              }
            >
              {t.forget}
            </Button>
          </li>
        ))}
      </ul>
      <div className="video-tools">
        <InputNumber
          min={1}
          max={255}
          aria-label={t.number}
          value={number ?? free}
          onChange={setNumber}
          style={{ width: 70 }}
        />
        <Input
          aria-label={t.name}
          placeholder={t.name}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
          style={{ width: 130 }}
        />
        <Button
          size="small"
          disabled={name.trim() === ''}
          onClick={() => {
            void change({ do: 'set', preset: number ?? free, name: name.trim() });
            setName('');
            setNumber(null);
          }}
        >
          {t.set}
        </Button>
      </div>
    </>
  );
}

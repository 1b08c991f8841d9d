import { areaLevelLabels, areaLevels, importDraft, type AreaLevel } from '@wangge/areas/contract';
import type { RouteOutput } from '@wangge/contract-kit';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { Alert, App, AutoComplete, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../common/file-pick.tsx';
import { FormProblem } from '../../common/form-problem.tsx';
import { FileFindings } from './file-findings.tsx';
import { columnsOf, guessColumn } from './geojson-columns.ts';

interface Fields {
  note: string;
  level: AreaLevel;
  codeColumn: string;
  nameColumn: string;
  parentColumn?: string;
  populationColumn?: string;
  householdsColumn?: string;
  snapM?: number | null;
  acceptFaults: boolean;
}
interface Chosen {
  readonly name: string;
  readonly size: number;
  readonly text: string;
  readonly columns: readonly string[];
}
/** The route takes 60 million characters; larger files go by command line. */
const largest = 60_000_000;

/** A file of borders becomes a draft and a list of everything that is wrong with it. */
export function ImportAreas({ onImported }: { onImported: () => void }) {
  const t = useTexts(adminTexts).areas.import;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [result, setResult] = useState<RouteOutput<typeof importDraft> | null>(null);
  const send = useSend(importDraft);

  const choose = async (file: File): Promise<void> => {
    setResult(null);
    setProblem(null);
    setChosen(null);
    if (file.size > largest) return setProblem(t.tooLarge);
    const text = await file.text();
    const columns = columnsOf(text);
    if (columns === null) return setProblem(t.notGeojson);
    setChosen({ name: file.name, size: file.size, text, columns });
    form.setFieldsValue({
      codeColumn: guessColumn(columns, ['code', 'id', '代码', '编码']) ?? '',
      nameColumn: guessColumn(columns, ['name', '名称', '名']) ?? '',
      // Another file has other columns: nothing of the last one's may stay.
      parentColumn: '',
      populationColumn: guessColumn(columns, ['population', '人口']) ?? '',
      householdsColumn: guessColumn(columns, ['households', '户数']) ?? '',
      note: file.name.slice(0, 200),
    });
    return undefined;
  };
  const submit = ({ parentColumn, populationColumn, householdsColumn, snapM, ...fields }: Fields): void => {
    if (!chosen) return;
    send.mutate(
      {
        body: {
          ...fields,
          geojson: chosen.text,
          ...(parentColumn ? { parentColumn } : {}),
          ...(populationColumn ? { populationColumn } : {}),
          ...(householdsColumn ? { householdsColumn } : {}),
          ...(snapM ? { snapM } : {}),
        },
      },
      {
        onSuccess: (done) => {
          setResult(done);
          void message.success(t.done);
          onImported();
        },
      },
    );
  };
  const columnOptions = (chosen?.columns ?? []).map((value) => ({ value }));
  const needed = { required: true, whitespace: true, message: shell.required };
  return (
    <section className="panel" aria-label={t.title}>
      <h2>{t.title}</h2>
      <FilePick
        label={t.choose}
        accept=".geojson,.json,application/geo+json"
        onPick={(file) => void choose(file)}
      />{' '}
      {chosen ? <span>{t.chosen(chosen.name, `${(chosen.size / 1024 / 1024).toFixed(1)} MB`)}</span> : null}
      {problem === null ? null : <Alert type="error" showIcon role="alert" title={problem} className="gap" />}
      {chosen ? (
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ level: 'grid', acceptFaults: false }}
          onFinish={submit}
          className="import-form"
        >
          <FormProblem error={send.error} />
          <div className="columns">
            <Form.Item name="note" label={t.note} rules={[needed]}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="level" label={t.level}>
              <Select options={areaLevels.map((level) => ({ value: level, label: pick(areaLevelLabels[level]) }))} />
            </Form.Item>
            <Form.Item name="codeColumn" label={t.code} rules={[needed]}>
              <AutoComplete options={columnOptions} />
            </Form.Item>
            <Form.Item name="nameColumn" label={t.nameField} rules={[needed]}>
              <AutoComplete options={columnOptions} />
            </Form.Item>
            <Form.Item name="parentColumn" label={t.parent}>
              <AutoComplete options={columnOptions} />
            </Form.Item>
            <Form.Item name="populationColumn" label={t.population} extra={t.counts}>
              <AutoComplete options={columnOptions} />
            </Form.Item>
            <Form.Item name="householdsColumn" label={t.households} extra={t.counts}>
              <AutoComplete options={columnOptions} />
            </Form.Item>
            <Form.Item name="snapM" label={t.snap}>
              <InputNumber min={0} max={50} step={0.5} />
            </Form.Item>
          </div>
          <Form.Item name="acceptFaults" valuePropName="checked">
            <Checkbox>{t.accept}</Checkbox>
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.submit}
          </Button>
        </Form>
      ) : null}
      {result ? <FileFindings findings={result.findings} geojson={chosen?.text ?? ''} /> : null}
    </section>
  );
}

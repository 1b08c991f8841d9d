import {
  createApiClient,
  type HotlineMapping,
  type HotlineSource,
  listApiClients,
  listHotlineSources,
  readHotlineFile,
  saveHotlineSource,
} from '@wangge/integrations/contract';
import { hotlineTexts, shellTexts } from '@wangge/texts/console';
import { useCall, useSend, useTexts } from '@wangge/ui';
import { Alert, App, AutoComplete, Button, Form, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../common/file-pick.tsx';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { contentOf, fileKinds } from './file-content.ts';
import { WordLines, type WordLine } from './word-lines.tsx';

interface Fields {
  name: string;
  active: boolean;
  clientId?: string | null;
  number: string;
  description: string;
  reportedAt?: string;
  phone?: string;
  address?: string;
  lon?: string;
  lat?: string;
  area?: string;
  zone: string;
  dates: HotlineMapping['dates'];
  categoryColumn: string;
  words: WordLine[];
}
const optional = ['reportedAt', 'phone', 'address', 'lon', 'lat', 'area'] as const;

function fieldsOf(source: HotlineSource | null): Partial<Fields> {
  if (!source) return { active: true, zone: 'Asia/Shanghai', dates: 'ymd', words: [] };
  const { category, ...columns } = source.mapping;
  const chosen = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return {
    ...(chosen as Partial<Fields>),
    name: source.name,
    active: source.active,
    clientId: source.clientId,
    categoryColumn: category.column,
    words: Object.entries(category.words).map(([word, code]) => ({ word, code })),
  };
}

function mappingOf(fields: Fields): HotlineMapping {
  const column = (name: (typeof optional)[number]): string | null => fields[name]?.trim() || null;
  const lines = fields.words.filter(({ word, code }) => word.trim() !== '' && code !== undefined);
  return {
    number: fields.number.trim(),
    description: fields.description.trim(),
    reportedAt: column('reportedAt'),
    zone: fields.zone,
    dates: fields.dates,
    category: {
      column: fields.categoryColumn.trim(),
      words: Object.fromEntries(lines.map(({ word, code }) => [word.trim(), code ?? ''])),
    },
    phone: column('phone'),
    address: column('address'),
    lon: column('lon'),
    lat: column('lat'),
    area: column('area'),
  };
}

/** How a source's columns are read; a sample file offers its headings and words for choosing. */
export function SourceForm({ id, source, onClose }: { id: string; source: HotlineSource | null; onClose: () => void }) {
  const t = useTexts(hotlineTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const sample = useSend(readHotlineFile);
  const clients = useCall(listApiClients, {});
  const newClient = useSend(createApiClient, [listApiClients]);
  const save = useSend(saveHotlineSource, [listHotlineSources]);
  const [tooLarge, setTooLarge] = useState(false);
  const name = Form.useWatch('name', form);
  const categoryColumn = Form.useWatch('categoryColumn', form);
  const columns = sample.data?.columns ?? [];
  const samples = columns.find((column) => column.name === categoryColumn)?.samples ?? [];

  const read = async (file: File): Promise<void> => {
    const content = await contentOf(file);
    setTooLarge(content === null);
    if (content) sample.mutate({ body: content });
  };
  const column = (field: keyof Fields, label: string, required = false) => (
    <Form.Item
      key={field}
      name={field}
      label={label}
      rules={required ? [{ required: true, message: shell.required }] : []}
    >
      <AutoComplete
        allowClear
        options={columns.map((each) => ({ value: each.name }))}
        showSearch={{ filterOption: (text, option) => String(option?.value ?? '').includes(text) }}
      />
    </Form.Item>
  );
  const submit = (fields: Fields): void =>
    save.mutate(
      {
        params: { id },
        body: {
          name: fields.name,
          active: fields.active,
          clientId: fields.clientId ?? null,
          version: source?.version ?? 0,
          mapping: mappingOf(fields),
        },
      },
      {
        onSuccess: () => {
          void message.success(shell.saved);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      width={860}
      title={source ? t.editOf(source.name) : t.add}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={save.isPending}
      maskClosable={false}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={fieldsOf(source)} onFinish={submit}>
        <FormProblem error={save.error ?? sample.error ?? newClient.error} />
        {tooLarge ? <Alert type="error" role="alert" title={t.tooLarge} /> : null}
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
          <Input maxLength={60} />
        </Form.Item>
        <p>
          <FilePick label={t.sample} accept={fileKinds} onPick={(file) => void read(file)} />{' '}
          <span className="muted" role="status">
            {sample.data ? t.sampleRead(sample.data.rows, columns.length) : t.sampleHint}
          </span>
        </p>
        <h3>{t.columns}</h3>
        <div className="hotline-columns">
          {column('number', t.number, true)}
          {column('description', t.description, true)}
          {optional.map((field) => column(field, t[field]))}
          <Form.Item name="zone" label={t.zone}>
            <Select showSearch options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name="dates" label={t.dates}>
            <Select options={(['ymd', 'mdy', 'dmy'] as const).map((value) => ({ value, label: t[value] }))} />
          </Form.Item>
          {column('categoryColumn', t.categoryColumn, true)}
        </div>
        <h3>{t.words}</h3>
        <p className="muted">{t.wordsHint}</p>
        <Form.Item name="words" noStyle>
          <WordLines samples={samples} />
        </Form.Item>
        <div className="hotline-columns">
          <Form.Item name="clientId" label={t.client}>
            <Select
              allowClear
              placeholder={t.clientNone}
              options={(clients.data?.clients ?? [])
                .filter((client) => client.revokedAtMs === null)
                .map((client) => ({ value: client.id, label: `${client.name} · ${client.keyPrefix}…` }))}
            />
          </Form.Item>
          <Form.Item name="active" label={t.active} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        {newClient.data ? (
          <Alert
            type="warning"
            role="status"
            title={t.keyOnce}
            description={<code className="hotline-key">{newClient.data.apiKey}</code>}
          />
        ) : (
          <Button
            size="small"
            loading={newClient.isPending}
            disabled={(name ?? '').trim() === ''}
            onClick={() =>
              newClient.mutate(
                { body: { name: (name ?? '').trim() } },
                { onSuccess: ({ client }) => form.setFieldValue('clientId', client.id) },
              )
            }
          >
            {t.newClient}
          </Button>
        )}
      </Form>
    </Modal>
  );
}

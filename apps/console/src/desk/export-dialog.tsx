import {
  exportColumnNames,
  exportColumns,
  exportFormats,
  type ExportColumn,
  type ExportFormat,
} from '@wangge/incidents/contract';
import { exportTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Alert, Button, Checkbox, Modal, Radio } from 'antd';
import { useRemembered } from '../common/use-remembered.ts';
import type { FilterQuery } from './desk-search.ts';
import { ExportProgress } from './export-progress.tsx';
import { useExport } from './use-export.ts';

/** The list as a file: format, columns, and how far it is. Choices are kept by the browser for this account. */
export function ExportDialog({ query, onClose }: { query: FilterQuery; onClose: () => void }) {
  const t = useTexts(exportTexts);
  const pick = usePick();
  const [[format = 'xlsx'], setFormat] = useRemembered<ExportFormat>('export-format', exportFormats, ['xlsx']);
  const [columns, setColumns] = useRemembered<ExportColumn>('export-columns', exportColumnNames, exportColumnNames);
  const { state, start, stop } = useExport(query);
  const busy = state.step === 'running';
  const all = columns.length === exportColumnNames.length;
  return (
    <Modal
      title={t.title}
      open
      onCancel={onClose}
      width={640}
      // A click beside it must not throw away a file that is nearly there.
      mask={{ closable: !busy }}
      footer={[
        <Button key="close" onClick={busy ? stop : onClose}>
          {busy ? t.stop : state.step === 'done' ? t.close : t.cancel}
        </Button>,
        <Button
          key="start"
          type="primary"
          loading={busy}
          disabled={columns.length === 0}
          onClick={() => start(format, columns)}
        >
          {state.step === 'failed' ? t.again : t.start}
        </Button>,
      ]}
    >
      <p>{t.about}</p>
      <fieldset className="export-part" disabled={busy}>
        <legend>{t.format}</legend>
        <Radio.Group
          value={format}
          disabled={busy}
          options={exportFormats.map((value) => ({ value, label: t[value] }))}
          onChange={(event) => setFormat([event.target.value as ExportFormat])}
        />
      </fieldset>
      <fieldset className="export-part" disabled={busy}>
        <legend>{t.columns}</legend>
        <Checkbox
          checked={all}
          indeterminate={!all && columns.length > 0}
          disabled={busy}
          onChange={() => setColumns(all ? [] : exportColumnNames)}
        >
          {t.chooseAll}
        </Checkbox>
        <Checkbox.Group
          className="export-columns"
          disabled={busy}
          value={[...columns]}
          options={exportColumnNames.map((value) => ({ value, label: pick(exportColumns[value]) }))}
          onChange={(chosen) => setColumns(exportColumnNames.filter((name) => chosen.includes(name)))}
        />
      </fieldset>
      {columns.length === 0 ? <Alert type="warning" showIcon title={t.noColumn} /> : null}
      <p className="muted">{t.privacy}</p>
      <ExportProgress state={state} />
    </Modal>
  );
}

import type { auditRowSchema } from '@wangge/kernel/contract';
import { listAudit } from '@wangge/kernel/contract';
import { adminTexts, auditTexts } from '@wangge/texts/console';
import { formatExact, useTexts } from '@wangge/ui';
import { AutoComplete, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { VerifyAudit } from './verify-audit.tsx';

/** Codes of the audit are stable and English; people read words where there are some. */
function wordFor(words: Readonly<Record<string, string>>, code: string): string | null {
  return Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}

/** The code of a word that was chosen; codes themselves may be typed too. */
function codeFor(words: Readonly<Record<string, string>>, text: string): string {
  return Object.entries(words).find(([, word]) => word === text)?.[0] ?? text;
}

type AuditRow = (typeof auditRowSchema)['_output'];

/** Who did what, when, and for which purpose. Nobody can change it here or anywhere. */
export function AuditPage() {
  const t = { ...useTexts(adminTexts).audit, ...useTexts(auditTexts) };
  const may = useMay();
  const [action, setAction] = useState('');
  const [actor, setActor] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
  const words = { action: useDeferredValue(codeFor(t.actions, action.trim())), actor: useDeferredValue(actor.trim()) };
  const query = {
    ...(words.action === '' ? {} : { action: words.action }),
    ...(words.actor === '' ? {} : { actor: words.actor }),
    ...(from === '' ? {} : { fromMs: midnight(from) }),
    ...(to === '' ? {} : { toMs: midnight(to) + 86_400_000 }),
  };
  const pages = usePages<AuditRow>(listAudit, query, { enabled: may('audit.read') });
  return (
    <Page title={t.title} permission="audit.read" tools={<VerifyAudit />}>
      <div className="filters-line">
        <AutoComplete
          aria-label={t.action}
          placeholder={t.action}
          allowClear
          maxLength={60}
          value={action}
          options={Object.values(t.actions).map((word) => ({ value: word }))}
          showSearch={{ filterOption: (text, option) => option?.value.includes(text.trim()) ?? false }}
          onChange={(text: string | undefined) => setAction(text ?? '')}
        />
        <Input
          aria-label={t.actor}
          placeholder={t.actor}
          allowClear
          maxLength={60}
          value={actor}
          onChange={(e) => setActor(e.target.value)}
        />
        <label className="field-inline">
          {t.from} <input type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
        </label>
        <label className="field-inline">
          {t.to} <input type="date" value={to} onChange={(e) => setTo(e.target.value)} />
        </label>
      </div>
      <PagedTable<AuditRow>
        pages={pages}
        rowKey="seq"
        empty={t.empty}
        minWidth={960}
        expandable={{
          rowExpandable: (row) => row.details !== null && Object.keys(row.details).length > 0,
          expandedRowRender: (row) => <code>{JSON.stringify(row.details)}</code>,
        }}
        columns={[
          { title: '#', dataIndex: 'seq', width: 80 },
          { title: t.time, width: 170, render: (_, row) => formatExact(row.atMs) },
          { title: t.actor, width: 130, dataIndex: 'actorName' },
          {
            title: t.action,
            render: (_, row) => {
              const word = wordFor(t.actions, row.action);
              return word === null ? <code>{row.action}</code> : <span title={row.action}>{word}</span>;
            },
          },
          {
            title: t.subject,
            render: (_, row) =>
              row.subjectKind === null
                ? ''
                : `${wordFor(t.subjects, row.subjectKind) ?? row.subjectKind} ${row.subjectId?.slice(0, 13) ?? ''}`,
          },
          { title: t.purpose, dataIndex: 'purpose' },
          { title: t.address, width: 130, dataIndex: 'address' },
          { title: t.sealed, width: 90, render: (_, row) => (row.sealed ? `✓ ${t.sealed}` : t.unsealed) },
        ]}
      />
    </Page>
  );
}

import { severities, type Category } from '@wangge/incidents/contract';
import { listDepartments } from '@wangge/staff/contract';
import { adminTexts, clockTexts, shellTexts } from '@wangge/texts/console';
import { EmptyBlock, ErrorBlock, LoadingBlock, useCall, usePick, useTexts } from '@wangge/ui';
import { Button, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useCategories } from '../../common/use-categories.ts';
import { rowCards } from '../../common/row-cards.ts';
import { useMay } from '../../session/me.tsx';
import { Page } from '../../shell/page.tsx';
import { ImportLimits } from '../limits/import-limits.tsx';
import { LimitsForm } from '../limits/limits-form.tsx';
import { CategoryForm } from './category-form.tsx';
import { categoryTree, type CategoryRow } from './category-tree.ts';
import { ImportCategories } from './import-categories.tsx';

/** Two levels of categories with who is responsible and how long it may take. */
export function CategoriesPage() {
  const t = useTexts(adminTexts).categories;
  const shell = useTexts(shellTexts);
  const limitTexts = useTexts(clockTexts).limits;
  const pick = usePick();
  const may = useMay();
  const edits = may('incidents.edit-categories');
  const { categories, ready, error, retry } = useCategories();
  const departments = useCall(listDepartments, {}, { freshMs: 60_000 });
  const nameOf = (id: string | null): string =>
    departments.data?.departments.find((department) => department.id === id)?.name ?? '';
  const rows = useMemo(() => categoryTree(categories), [categories]);
  const [editing, setEditing] = useState<Category | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const [limiting, setLimiting] = useState<{ code: string; name: string } | null>(null);
  const [importingLimits, setImportingLimits] = useState(false);
  const tools = edits ? (
    <>
      <Button onClick={() => setLimiting({ code: '*', name: '' })}>{limitTexts.all}</Button>
      <Button onClick={() => setImportingLimits(true)}>{limitTexts.import}</Button>
      <Button onClick={() => setImporting(true)}>{t.import}</Button>
      <Button type="primary" onClick={() => setEditing('new')}>
        {t.create}
      </Button>
    </>
  ) : null;
  return (
    <Page title={t.title} tools={tools}>
      {!ready ? (
        error ? (
          <ErrorBlock error={error} onRetry={retry} />
        ) : (
          <LoadingBlock rows={8} />
        )
      ) : rows.length === 0 ? (
        <EmptyBlock title={t.empty} />
      ) : (
        <Table<CategoryRow>
          // Opens all branches once they are there.
          key={rows.length}
          size="small"
          className="row-cards"
          rowKey="code"
          pagination={false}
          scroll={{ x: 900 }}
          defaultExpandAllRows
          dataSource={[...rows]}
          columns={rowCards<CategoryRow>([
            {
              title: t.name,
              render: (_, row) => (
                <span className={row.active ? '' : 'muted'}>
                  {pick(row.name)} {row.active ? '' : `· ${t.inactive}`}
                </span>
              ),
            },
            { title: t.code, dataIndex: 'code', render: (code: string) => <code>{code}</code> },
            { title: t.department, render: (_, row) => nameOf(row.departmentId) },
            { title: t.severity, render: (_, row) => pick(severities[row.severity]) },
            { title: t.limit, render: (_, row) => t.hours(String(Math.round((row.handleLimitMin / 60) * 10) / 10)) },
            { title: t.public, render: (_, row) => (row.public ? t.yes : t.no) },
            { title: t.proof, render: (_, row) => (row.proofRequired ? (row.proofInApp ? t.inApp : t.yes) : t.no) },
            ...(edits
              ? [
                  {
                    title: shell.edit,
                    render: (_: unknown, row: CategoryRow) => (
                      <span className="moves-buttons">
                        <Button
                          size="small"
                          onClick={() => setEditing(row)}
                          aria-label={`${shell.edit} ${pick(row.name)}`}
                        >
                          {shell.edit}
                        </Button>
                        <Button
                          size="small"
                          onClick={() => setLimiting({ code: row.code, name: pick(row.name) })}
                          aria-label={`${limitTexts.open} ${pick(row.name)}`}
                        >
                          {limitTexts.open}
                        </Button>
                      </span>
                    ),
                  },
                ]
              : []),
          ])}
        />
      )}
      {editing === null ? null : (
        <CategoryForm
          category={editing === 'new' ? null : editing}
          categories={categories}
          departments={departments.data?.departments ?? []}
          onClose={() => setEditing(null)}
        />
      )}
      {limiting === null ? null : <LimitsForm {...limiting} onClose={() => setLimiting(null)} />}
      {importingLimits ? <ImportLimits onClose={() => setImportingLimits(false)} /> : null}
      {importing ? <ImportCategories onClose={() => setImporting(false)} /> : null}
    </Page>
  );
}

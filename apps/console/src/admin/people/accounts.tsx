import { roles, type Role } from '@wangge/contract-kit';
import { listAccounts, type Account } from '@wangge/staff/contract';
import { adminTexts, shellTexts } from '@wangge/texts/console';
import { formatTime, relativeTime, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { AreaSelect } from '../../common/area-select.tsx';
import { PagedTable } from '../../common/paged-table.tsx';
import { usePages } from '../../common/use-pages.ts';
import { useMay } from '../../session/me.tsx';
import { AccountDrawer } from './account-drawer.tsx';
import { CreateAccount } from './create-account.tsx';

export function Accounts() {
  const t = useTexts(adminTexts).people;
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(60_000);
  const may = useMay();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role | undefined>();
  const [areaId, setAreaId] = useState<string | undefined>();
  const [openId, setOpenId] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const q = useDeferredValue(text.trim());
  const pages = usePages<Account>(
    listAccounts,
    { ...(q === '' ? {} : { q }), ...(role ? { role } : {}), ...(areaId ? { areaId } : {}) },
    { live: { types: ['staff.changed'] } },
  );
  const status = (account: Account): readonly [color: string, text: string] =>
    !account.enabled
      ? ['default', t.disabled]
      : account.lockedUntilMs !== null && account.lockedUntilMs > nowMs
        ? ['orange', t.locked(formatTime(account.lockedUntilMs))]
        : ['green', t.enabled];
  const opened = pages.items?.find((account) => account.id === openId) ?? null;
  return (
    <>
      <div className="filters-line">
        <Input
          type="search"
          aria-label={t.find}
          placeholder={t.find}
          allowClear
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={t.role}
          placeholder={t.role}
          allowClear
          {...(role ? { value: role } : {})}
          options={Object.entries(roles).map(([value, each]) => ({ value: value as Role, label: pick(each.label) }))}
          onChange={(next: Role | undefined) => setRole(next)}
        />
        <AreaSelect label={t.area} value={areaId} onChange={setAreaId} />
        {may('staff.edit') ? (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t.create}
          </Button>
        ) : null}
      </div>
      <PagedTable<Account>
        pages={pages}
        rowKey="id"
        empty={t.empty}
        minWidth={860}
        columns={[
          {
            title: t.name,
            render: (_, row) => (
              <button type="button" className="plain-button" onClick={() => setOpenId(row.id)}>
                {row.name}
              </button>
            ),
          },
          { title: t.login, render: (_, row) => <code>{row.login}</code> },
          { title: t.phone, render: (_, row) => row.phone ?? '–' },
          {
            title: t.posts,
            render: (_, row) =>
              row.posts
                .map((post) => `${pick(roles[post.role].label)} · ${post.departmentName ?? post.areaName}`)
                .join(lang === 'zh' ? '；' : '; '),
          },
          {
            title: t.status,
            render: (_, row) => {
              const [color, text] = status(row);
              return <span className={`wg-tag wg-tag-${color}`}>{text}</span>;
            },
          },
          { title: t.factor, render: (_, row) => (row.secondFactor ? '✓' : '–') },
          {
            title: t.lastSeen,
            render: (_, row) => (row.lastSeenMs === null ? t.never : relativeTime(row.lastSeenMs, nowMs, lang)),
          },
        ]}
      />
      {opened ? (
        <AccountDrawer key={opened.id} account={opened} onClose={() => setOpenId(null)} closeLabel={shell.close} />
      ) : null}
      {creating ? (
        <CreateAccount onClose={() => setCreating(false)} onDone={(account) => setOpenId(account.id)} />
      ) : null}
    </>
  );
}

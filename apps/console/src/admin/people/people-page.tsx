import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { adminTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Tabs } from 'antd';
import { Page } from '../../shell/page.tsx';
import { Accounts } from './accounts.tsx';
import { Departments } from './departments.tsx';

const route = getRouteApi('/admin/people');

/** Accounts with their posts; departments. */
export function PeoplePage() {
  const t = useTexts(adminTexts).people;
  const { tab } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/people' });
  return (
    <Page title={t.title} permission="staff.read">
      <Tabs
        activeKey={tab === 'departments' ? tab : 'accounts'}
        onChange={(next) => void navigate({ search: next === 'accounts' ? {} : { tab: next }, replace: true })}
        items={[
          { key: 'accounts', label: t.tabs.accounts, children: <Accounts /> },
          { key: 'departments', label: t.tabs.departments, children: <Departments /> },
        ]}
      />
    </Page>
  );
}

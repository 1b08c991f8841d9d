import { useNavigate, useSearch } from '@tanstack/react-router';
import { notifyAdminTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Tabs } from 'antd';
import { Page } from '../../shell/page.tsx';
import { Channels } from './channels.tsx';
import { Deliveries } from './deliveries.tsx';
import './notify.css';

/** Ways out to people, and what became of every message. */
export function NotifyPage() {
  const t = useTexts(notifyAdminTexts);
  const { tab } = useSearch({ from: '/admin/notify' });
  const navigate = useNavigate();
  return (
    <Page title={t.title} permission="notify.manage">
      <Tabs
        activeKey={tab === 'deliveries' ? tab : 'channels'}
        onChange={(key) => void navigate({ to: '/admin/notify', search: { tab: key } })}
        items={[
          { key: 'channels', label: t.tabs.channels, children: <Channels /> },
          { key: 'deliveries', label: t.tabs.deliveries, children: <Deliveries /> },
        ]}
        destroyOnHidden
      />
    </Page>
  );
}

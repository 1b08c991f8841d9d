import { useTexts } from '@wangge/ui';
import { Inbox, notifyTexts } from '@wangge/ui/notify';
import '@wangge/ui/notify.css';
import { Page } from '../shell/page.tsx';
import { useGoTo } from './go-to.ts';
import './messages.css';

/** All own messages. */
export function MessagesPage() {
  const t = useTexts(notifyTexts);
  return (
    <Page title={t.inbox}>
      <div className="messages-page">
        <Inbox onOpen={useGoTo()} page={50} />
      </div>
    </Page>
  );
}

import { useTexts } from '@wangge/ui';
import { Inbox, notifyTexts } from '@wangge/ui/notify';
import { go } from '../router/router.tsx';
import { Header } from '../shell/header.tsx';

/** Own messages on the phone. */
export function MessagesPage() {
  const t = useTexts(notifyTexts);
  return (
    <>
      <Header title={t.inbox} back={{ name: 'me' }} />
      <main className="page messages">
        <Inbox
          onOpen={({ kind, id }) => {
            if (kind === 'incident') go({ name: 'incident', incidentId: id });
            if (kind === 'patrol') go({ name: 'round', roundId: id });
            // The cards of calls stand above the tasks.
            if (kind === 'help') go({ name: 'tasks', done: false });
          }}
        />
      </main>
    </>
  );
}

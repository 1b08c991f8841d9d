import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { roles } from '@wangge/contract-kit';
import { logOut } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { endPush } from '@wangge/ui/notify';
import { pushApp } from '../messages/push-app.ts';
import { meKey, useMe } from '../session/me.tsx';
import { MenuButton } from './menu-button.tsx';

export function AccountMenu() {
  const t = useTexts(shellTexts);
  const pick = usePick();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const out = useSend(logOut);
  const leave = () => void endPush(pushApp).then(() => signOut());
  const signOut = () =>
    out.mutate(
      {},
      {
        onSettled: () => {
          client.setQueryData(meKey, null);
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
        },
      },
    );
  const post = me.account.posts[0];
  return (
    <MenuButton
      className="plain-button account-button"
      items={[
        { key: 'account', label: t.nav.account, onClick: () => void navigate({ to: '/account' }) },
        { key: 'out', label: t.signOut, onClick: leave },
      ]}
    >
      <span className="hidden">{t.menu}</span>
      <span className="account-name">{me.account.name}</span>
      {post ? <span className="account-post">{pick(roles[post.role].label)}</span> : null}
    </MenuButton>
  );
}

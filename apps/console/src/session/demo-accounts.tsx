import { roles } from '@wangge/contract-kit';
import { demoAccounts } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { useCall, usePick, useTexts } from '@wangge/ui';

interface Props {
  readonly busy: boolean;
  readonly onPick: (account: { login: string; password: string }) => void;
}

/** Accounts of the demo town. The server gives none outside demo mode, then nothing is shown. */
export function DemoAccounts({ busy, onPick }: Props) {
  const t = useTexts(shellTexts).signIn;
  const pick = usePick();
  const { data } = useCall(demoAccounts, {}, { freshMs: 600_000 });
  if (!data || data.accounts.length === 0) return null;
  return (
    <section className="sign-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t.demo}</h2>
      <p>{t.demoHint}</p>
      <ul>
        {data.accounts.map((account) => (
          <li key={account.login}>
            <button type="button" disabled={busy} onClick={() => onPick(account)}>
              <strong>{account.name}</strong>
              <span>{pick(roles[account.role].label)}</span>
              <code>{account.login}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

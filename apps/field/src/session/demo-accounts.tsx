import { roles } from '@wangge/contract-kit';
import { demoAccounts } from '@wangge/staff/contract';
import { fieldShellTexts } from '@wangge/texts/field';
import { useCall, usePick, useTexts } from '@wangge/ui';

interface Props {
  readonly busy: boolean;
  readonly onPick: (account: { login: string; password: string }) => void;
}

/** Those of the demo accounts who work in the field come first; the server gives none outside demo mode. */
export function DemoAccounts({ busy, onPick }: Props) {
  const t = useTexts(fieldShellTexts).signIn;
  const pick = usePick();
  const { data } = useCall(demoAccounts, {}, { freshMs: 600_000 });
  const inField = data?.accounts.filter(({ role }) => roles[role].team > 0 || role === 'department-handler') ?? [];
  if (inField.length === 0) return null;
  return (
    <section className="sign-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t.demo}</h2>
      <p>{t.demoHint}</p>
      <ul>
        {inField.map((account) => (
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

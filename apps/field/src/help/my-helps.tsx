import { listHelps } from '@wangge/dispatch/contract';
import { fieldHelpTexts } from '@wangge/texts/field';
import { useCall, useTexts } from '@wangge/ui';
import { useOutbox } from '../outbox/use-outbox.ts';
import { useMay } from '../session/me.tsx';
import { Problem } from '../shell/problem.tsx';
import { HelpCard } from './help-card.tsx';

/** My own calls of today and those that I may answer; what has not gone out says so before all else. */
export function MyHelps() {
  const t = useTexts(fieldHelpTexts);
  const live = { types: ['dispatch.help-changed'] };
  const helps = useCall(listHelps, {}, { live, enabled: useMay('dispatch.read') });
  const unsent = useOutbox().some(
    (item) => item.kind === 'deed' && item.deed.name === 'ask-help' && item.state !== 'sent',
  );
  const shown = (helps.data?.helps ?? []).filter((help) => help.mine || help.mayAnswer);
  if (shown.length === 0 && !unsent) return null;
  return (
    <section aria-labelledby="helps-title" data-testid="my-helps">
      <h2 id="helps-title" className="group-title">
        {t.title}
      </h2>
      {unsent ? (
        <Problem>
          {t.unsent}{' '}
          <a className="plain-link" href="tel:110">
            {t.call('110')}
          </a>
        </Problem>
      ) : null}
      <ul className="task-list">
        {shown.map((help) => (
          <HelpCard key={help.id} help={help} />
        ))}
      </ul>
    </section>
  );
}

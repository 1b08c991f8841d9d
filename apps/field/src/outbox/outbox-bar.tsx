import { fieldOutboxTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Link } from '../router/router.tsx';
import { isStuck, isUnsent } from './item.ts';
import { useOutbox } from './use-outbox.ts';

/** Across the page while something has not arrived; nothing otherwise. */
export function OutboxBar() {
  const t = useTexts(fieldOutboxTexts);
  const items = useOutbox().filter(isUnsent);
  if (items.length === 0) return null;
  const stuck = items.filter(isStuck).length;
  return (
    <div className={`outbox-bar${stuck > 0 ? ' outbox-bar-stuck' : ''}`} role="status">
      <span>
        <span aria-hidden="true">{stuck > 0 ? '! ' : '↑ '}</span>
        {stuck > 0 ? t.barStuck(stuck) : t.bar(items.length)}
      </span>
      <Link to={{ name: 'outbox' }}>{t.open}</Link>
    </div>
  );
}

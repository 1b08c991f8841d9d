import { fieldOutboxTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useSyncExternalStore } from 'react';
import { hasUpdate, onUpdate, takeUpdate } from '../sw/register.ts';

/** A new version waits: it begins when the person says so, not in the middle of a word. */
export function UpdateBar() {
  const t = useTexts(fieldOutboxTexts).update;
  if (!useSyncExternalStore(onUpdate, hasUpdate)) return null;
  return (
    <div className="outbox-bar" role="status">
      <span>{t.text}</span>
      <button type="button" className="text-button" onClick={takeUpdate}>
        {t.now}
      </button>
    </div>
  );
}

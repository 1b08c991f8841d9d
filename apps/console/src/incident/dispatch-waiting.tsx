import { incidentTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Spin } from 'antd';

/** Says that the key was heard and what is still awaited, and lets one take it back. */
export function DispatchWaiting({ onCancel }: { onCancel: () => void }) {
  const t = useTexts(incidentTexts).dispatch;
  return (
    <p className="dispatch-waiting" role="status" data-testid="dispatch-waiting">
      <Spin size="small" /> {t.waiting}
      <button type="button" className="plain-button" onClick={onCancel}>
        {t.dropWaiting} <kbd>Esc</kbd>
      </button>
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import { listOrders } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { exportTexts } from '@wangge/texts/console';
import { ErrorBlock, formatExact, LoadingBlock, useCall, useTexts } from '@wangge/ui';
import { useState } from 'react';
import { useMay, useMe } from '../session/me.tsx';
import { usePageTitle } from '../shell/page.tsx';
import { Sheet } from './sheet.tsx';
import './print.css';

/**
 * One incident on paper, A4. The browser makes the PDF: it has the fonts for Chinese, which a library on the
 * server would have to bring along.
 */
export function PrintPage({ id }: { id: string }) {
  const t = useTexts(exportTexts);
  const { account } = useMe();
  const may = useMay();
  const [nowMs] = useState(() => Date.now());
  const incident = useCall(getIncident, { params: { id } });
  const orders = useCall(listOrders, { params: { id } }, { enabled: may('dispatch.read') });
  // The browser offers it as the file's name.
  usePageTitle(incident.data ? t.printTitle(incident.data.number) : t.print);
  if (!incident.data) {
    if (!incident.error) return <LoadingBlock rows={8} />;
    return <ErrorBlock error={incident.error} onRetry={() => void incident.refetch()} />;
  }
  if (orders.error) return <ErrorBlock error={orders.error} onRetry={() => void orders.refetch()} />;
  // Half a page must not end up on paper.
  if (may('dispatch.read') && !orders.data) return <LoadingBlock rows={8} />;
  return (
    <div className="print">
      <div className="print-tools">
        <Link to="/" search={{ id }} className="plain-button">
          {t.back}
        </Link>
        <span className="muted">{t.printHint}</span>
        <button type="button" className="main-button" onClick={() => window.print()}>
          {t.printNow}
        </button>
      </div>
      <Sheet incident={incident.data} orders={orders.data?.orders ?? []} />
      <footer className="print-foot">{t.printedAt(formatExact(nowMs), account.name)}</footer>
    </div>
  );
}

import type { Order } from '@wangge/dispatch/contract';
import type { Incident } from '@wangge/incidents/contract';
import { partTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../session/me.tsx';
import { DropDialog } from './drop-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';

interface Props {
  readonly incident: Incident;
  readonly orders: readonly Order[];
}
const splittable: readonly string[] = ['reported', 'accepted', 'registered', 'handling'];

/** Splits an incident into parts, or adds some. */
export function SplitButton({ incident, orders }: Props) {
  const t = useTexts(partTexts);
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('dispatch.offer') || !splittable.includes(incident.state)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="split">
        {incident.parts ? t.add : t.split}
      </Button>
      {open ? <SplitDialog incident={incident} orders={orders} replaces={null} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** A part that came back: to somebody else, or done without. */
export function UnsettledPart({ incident, orders, order }: Props & { readonly order: Order }) {
  const t = useTexts(partTexts);
  const may = useMay();
  const [open, setOpen] = useState<'give' | 'drop' | null>(null);
  if (order.unsettled !== true || !splittable.includes(incident.state)) return null;
  return (
    <div className="moves-buttons">
      <span className="part-unsettled">{t.unsettled}</span>
      {may('dispatch.offer') ? (
        <>
          <Button size="small" onClick={() => setOpen('give')}>
            {t.give}
          </Button>
          <Button size="small" onClick={() => setOpen('drop')}>
            {t.drop}
          </Button>
        </>
      ) : null}
      {open === 'give' ? (
        <SplitDialog incident={incident} orders={orders} replaces={order} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'drop' ? <DropDialog order={order} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

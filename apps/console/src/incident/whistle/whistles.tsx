import { listWhistles, type Whistle } from '@wangge/dispatch/contract';
import { incidentStates, type Incident } from '@wangge/incidents/contract';
import { whistleTexts } from '@wangge/texts/console';
import { ErrorBlock, useCall, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../session/me.tsx';
import { SoundDialog } from './sound-dialog.tsx';
import { WhistleItem } from './whistle-item.tsx';
import { type Deed, WhistleDialog } from './whistle-dialog.tsx';
import '../../joint.css';

/** Who was called to the place, who is here, who is late; live. */
export function Whistles({ incident }: { incident: Incident }) {
  const t = useTexts(whistleTexts).panel;
  const may = useMay();
  const { id } = incident;
  const live = { types: ['dispatch.whistle-changed'], id };
  const whistles = useCall(listWhistles, { params: { id } }, { live });
  const [sounding, setSounding] = useState<{ request: Whistle | null } | null>(null);
  const [deed, setDeed] = useState<Deed | null>(null);
  const list = whistles.data?.whistles ?? [];
  const callable =
    may('dispatch.whistle') &&
    incidentStates[incident.state].open &&
    incident.state !== 'responded' &&
    incident.state !== 'reopen-requested';
  if (whistles.error && !whistles.data) {
    return <ErrorBlock error={whistles.error} onRetry={() => void whistles.refetch()} />;
  }
  if (list.length === 0 && !callable) return null;
  return (
    <section aria-labelledby="whistle-title" data-testid="whistles">
      <h3 id="whistle-title">{t.title}</h3>
      {list.length === 0 ? null : (
        <ul className="whistles">
          {list.map((whistle) => (
            <WhistleItem
              key={whistle.id}
              whistle={whistle}
              onDeed={setDeed}
              onGrant={() => setSounding({ request: whistle })}
            />
          ))}
        </ul>
      )}
      {callable ? (
        <Button onClick={() => setSounding({ request: null })} data-testid="whistle-sound">
          {t.sound}
        </Button>
      ) : null}
      {sounding === null ? null : (
        <SoundDialog incidentId={id} whistles={list} request={sounding.request} onClose={() => setSounding(null)} />
      )}
      {deed === null ? null : <WhistleDialog deed={deed} onClose={() => setDeed(null)} />}
    </section>
  );
}

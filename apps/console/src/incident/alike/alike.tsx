import { listAlike, type Alike as AlikeOne, type Incident } from '@wangge/incidents/contract';
import { alikeTexts } from '@wangge/texts/console';
import { usePick, useCall, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../session/me.tsx';
import './alike.css';
import { Compare } from './compare.tsx';
import { MergedOne } from './merged-one.tsx';

interface Props {
  readonly incident: Incident;
  readonly onOpen: (id: string) => void;
}

/** What may be the same, and what was merged into it. Nothing while there is neither, so that most incidents stay short. */
export function Alike(props: Props) {
  const may = useMay();
  return may('incidents.decide') ? <Suggested {...props} /> : null;
}

function Suggested({ incident, onOpen }: Props) {
  const t = useTexts(alikeTexts);
  const pick = usePick();
  const [compared, setCompared] = useState<AlikeOne | null>(null);
  const found = useCall(
    listAlike,
    { params: { id: incident.id } },
    { live: { types: ['incidents.changed'], id: incident.id } },
  );
  const { alike = [], merged = [] } = found.data ?? {};
  if (alike.length === 0 && merged.length === 0 && !compared) return null;
  return (
    <section className="alike" aria-label={t.title} data-testid="alike">
      {alike.length > 0 ? (
        <>
          <h3>{t.title}</h3>
          <ul>
            {alike.map((one) => (
              <li key={one.id} data-testid="alike-one">
                <span className="alike-what">
                  <button type="button" className="plain-button" onClick={() => onOpen(one.id)}>
                    {one.number}
                  </button>{' '}
                  {one.description.slice(0, 40)}
                  <small>{one.reasons.map((reason) => pick(reason)).join(' · ')}</small>
                </span>
                <Button size="small" onClick={() => setCompared(one)} aria-label={`${t.compare} ${one.number}`}>
                  {t.compare}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {merged.length > 0 ? (
        <>
          <h3>{t.merged}</h3>
          <ul>
            {merged.map((one) => (
              <MergedOne key={one.id} one={one} onOpen={onOpen} onChanged={() => void found.refetch()} />
            ))}
          </ul>
        </>
      ) : null}
      {compared ? (
        <Compare
          incident={incident}
          other={compared}
          onClose={() => setCompared(null)}
          onDone={(keptId) => {
            setCompared(null);
            void found.refetch();
            if (keptId !== incident.id) onOpen(keptId);
          }}
        />
      ) : null}
    </section>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import type { PatrolRoute } from '@wangge/patrols/contract';
import { patrolTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useMay } from '../session/me.tsx';
import { Page } from '../shell/page.tsx';
import '../joint.css';
import './patrols.css';
import { RouteEditor } from './route-editor.tsx';
import { RoundsDay } from './rounds-day.tsx';
import { RoutesList } from './routes-list.tsx';

const permission = 'patrols.read';
type View = 'rounds' | 'routes';
const route = getRouteApi('/patrols');

/** Routes and the rounds of a day; live. */
export function PatrolsPage() {
  const t = useTexts(patrolTexts);
  const may = useMay();
  /** That a message led to. */
  const { round } = route.useSearch();
  const [view, setView] = useState<View>('rounds');
  const [edited, setEdited] = useState<PatrolRoute | 'new' | null>(null);
  const tools = (
    <>
      <Segmented<View>
        aria-label={t.view}
        value={view}
        options={[
          { value: 'rounds', label: t.views.rounds },
          { value: 'routes', label: t.views.routes },
        ]}
        onChange={setView}
      />
      {may('patrols.edit') ? (
        <Button type="primary" onClick={() => setEdited('new')} data-testid="new-route">
          {t.add}
        </Button>
      ) : null}
    </>
  );
  return (
    <Page title={t.title} permission={permission} tools={tools}>
      {view === 'rounds' ? <RoundsDay key={round ?? ''} roundId={round ?? null} /> : <RoutesList onEdit={setEdited} />}
      {edited === null ? null : (
        <RouteEditor
          route={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
            setView('routes');
          }}
        />
      )}
    </Page>
  );
}

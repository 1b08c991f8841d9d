import { call, type CallError } from '@wangge/client';
import { dispatchIncident, listCandidates, type Candidate, type Order, type Party } from '@wangge/dispatch/contract';
import type { Incident } from '@wangge/incidents/contract';
import { incidentTexts } from '@wangge/texts/console';
import { useCall, useLang, useTexts } from '@wangge/ui';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useGrant, type QuickDispatch } from '../desk/use-quick-dispatch.ts';
import { FormProblem } from '../common/form-problem.tsx';
import { CandidatePicker } from './candidate-picker.tsx';
import { ConflictNote } from './conflict-note.tsx';
import { canDispatch, isStanding } from './dispatchable.ts';
import { OwnerChips } from '../suggest/owner-chips.tsx';
import { useGuarded } from './use-guarded.ts';

interface Props {
  readonly incident: Incident;
  readonly orders: readonly Order[] | null;
  readonly ordersError: CallError | null;
  readonly quick: QuickDispatch;
}

/** One click sends it to whom the rule suggests, named on the button; others by a list with reasons. */
export function DispatchBox({ incident, orders, ordersError, quick }: Props) {
  const t = useTexts(incidentTexts).dispatch;
  const { lang } = useLang();
  const { message } = App.useApp();
  const guarded = useGuarded();
  const [picking, setPicking] = useState(false);
  const [learned, setLearned] = useState<Party | null>(null);
  const [last, setLast] = useState<{ parties: readonly Party[]; task: string }>({ parties: [], task: '' });
  // Until the orders are known, one click must not send it a second time.
  const kind = orders === null ? 'no' : canDispatch(incident.state, orders);
  const candidates = useCall(
    listCandidates,
    { params: { id: incident.id } },
    {
      enabled: kind !== 'no',
      live: { types: ['incidents.changed', 'dispatch.order-changed', 'staff.changed'], id: incident.id },
    },
  );
  const suggested = candidates.data?.candidates.filter((candidate) => candidate.suggested) ?? [];
  const taken = new Set((orders ?? []).filter(isStanding).map((order) => `${order.party.kind} ${order.party.id}`));

  const send = async (seen: Incident, parties: readonly Party[], task: string): Promise<void> => {
    setLast({ parties, task });
    const done = await guarded.run(seen, (version, clientKey) =>
      call(dispatchIncident, {
        params: { id: seen.id },
        body: { version, clientKey, parties: [...parties], ...(task === '' ? {} : { task }) },
      }),
    );
    if (!done) return;
    setPicking(false);
    void message.success(t.sent);
  };
  const oneClick = (): void =>
    void send(
      incident,
      suggested.map((candidate) => candidate.party),
      '',
    );
  const failed = ordersError !== null || candidates.error !== null;
  const known = orders !== null && (kind !== 'first' || candidates.data !== undefined);
  useGrant(quick, known || failed, () => {
    if (failed || kind !== 'first' || guarded.busy || guarded.conflict) return;
    if (suggested.length > 0) oneClick();
    else setPicking(true);
  });

  if (kind === 'no') return null;
  const names = (list: readonly Candidate[]): string =>
    list.map((candidate) => candidate.name).join(lang === 'zh' ? '、' : ', ');
  return (
    <section className={`dispatch dispatch-${kind}`} aria-label={t.title} data-testid="dispatch-box">
      {guarded.conflict ? (
        <ConflictNote
          conflict={guarded.conflict}
          possible={canDispatch(guarded.conflict.after.state, orders ?? []) !== 'no'}
          busy={guarded.busy}
          onRetry={() => guarded.conflict && void send(guarded.conflict.after, last.parties, last.task)}
          onDrop={guarded.clear}
        />
      ) : picking ? null : (
        <FormProblem error={guarded.error} />
      )}
      {kind === 'first' ? (
        <>
          <p className="dispatch-to">
            {candidates.data === undefined
              ? candidates.error
                ? null
                : '…'
              : suggested.length > 0
                ? t.to(names(suggested))
                : t.noSuggestion}
          </p>
          <FormProblem error={candidates.error} />
          <OwnerChips
            incidentId={incident.id}
            known={suggested.map((candidate) => candidate.party)}
            onTake={(party) => {
              setLearned(party);
              setPicking(true);
            }}
          />
          <div className="dispatch-buttons">
            <Button
              type="primary"
              loading={(guarded.busy && !picking) || quick.wanted}
              disabled={suggested.length === 0}
              onClick={oneClick}
              data-testid="dispatch"
            >
              {t.oneClick} <kbd>d</kbd>
            </Button>
            <Button onClick={() => setPicking(true)}>{t.choose}</Button>
          </div>
        </>
      ) : (
        <Button onClick={() => setPicking(true)}>{t.addParty}</Button>
      )}
      {picking ? (
        <CandidatePicker
          candidates={candidates.data?.candidates ?? null}
          taken={taken}
          preselect={[
            ...(kind === 'first' ? suggested : []),
            ...(candidates.data?.candidates.filter(({ party }) => party.id === learned?.id) ?? []),
          ]}
          busy={guarded.busy}
          error={guarded.conflict ? null : (guarded.error ?? candidates.error)}
          onCancel={() => {
            setPicking(false);
            setLearned(null);
            guarded.clear();
          }}
          onSend={(parties, task) => void send(incident, parties, task)}
        />
      ) : null}
    </section>
  );
}

import { incidentSources, type IncidentRow, type Presence } from '@wangge/incidents/contract';
import { deskTexts, partTexts, presenceTexts } from '@wangge/texts/console';
import { DeadlineTag, relativeTime, SeverityMark, useLang, useNow, usePick, useTexts } from '@wangge/ui';
import { memo } from 'react';
import { IncidentStateTag } from '../common/incident-state-tag.tsx';
import type { CategoryName } from '../common/use-categories.ts';
import type { RowFact } from './row-facts.ts';

interface Props {
  readonly row: IncidentRow;
  readonly top: number;
  readonly index: number;
  readonly total: number;
  readonly selected: boolean;
  /** A click picks it instead of opening it. */
  readonly pickable: boolean;
  readonly active: boolean;
  readonly fresh: boolean;
  readonly facts: ReadonlySet<RowFact>;
  readonly categoryName: CategoryName;
  /** Somebody else who has it open. */
  readonly other: Presence | undefined;
}

/** Two lines: what and in which state; where, from whom, when, how long is left. */
export const IncidentListRow = memo(function IncidentListRow(props: Props) {
  const { row, selected, active, fresh, facts: shown } = props;
  const t = useTexts(deskTexts).list;
  const parts = useTexts(partTexts);
  const words = useTexts(presenceTexts);
  const { lang } = useLang();
  const pick = usePick();
  const nowMs = useNow(60_000);
  const marks = [
    row.supervised ? `⚑ ${t.supervised}` : '',
    row.parts ? parts.progress(row.parts.done, row.parts.total) : '',
    row.photoCount > 0 ? t.photos(row.photoCount) : '',
    row.reporterCount > 1 ? t.reporters(row.reporterCount) : '',
  ];
  const line = [
    shown.has('number') ? row.number : '',
    shown.has('category') ? props.categoryName(row.categoryCode) : '',
    shown.has('reported') ? relativeTime(row.reportedAtMs, nowMs, lang) : '',
    shown.has('area') ? (row.areaName ?? t.noPlace) : '',
    shown.has('address') ? (row.address ?? '') : '',
    shown.has('source') ? pick(incidentSources[row.source]) : '',
    ...(shown.has('marks') ? marks : []),
  ].filter((fact) => fact !== '');
  return (
    <div
      id={`row-${row.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-setsize={props.total}
      aria-posinset={props.index + 1}
      data-testid="incident-row"
      data-id={row.id}
      data-number={row.number}
      className={`row${selected ? ' row-selected' : ''}${active ? ' row-active' : ''}${fresh ? ' row-fresh' : ''} row-${row.clock ?? 'none'}`}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      <div className="row-line">
        {props.pickable ? <span aria-hidden="true">{selected ? '☑' : '☐'}</span> : null}
        <SeverityMark severity={row.severity} />
        <span className="row-summary">{row.summary}</span>
        <IncidentStateTag incident={row} />
      </div>
      <div className="row-line row-minor">
        {props.other ? (
          <span className="wg-tag wg-tag-default row-other">● {words[props.other.doing](props.other.name)}</span>
        ) : null}
        <span className="row-facts">{line.join(' · ')}</span>
        {shown.has('deadline') && row.deadlineMs !== null && row.clock !== null ? (
          <DeadlineTag deadlineMs={row.deadlineMs} clock={row.clock} />
        ) : null}
      </div>
    </div>
  );
});

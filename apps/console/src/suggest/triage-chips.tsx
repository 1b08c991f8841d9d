import { call } from '@wangge/client';
import { incidentMoves, moveIncident, type Incident } from '@wangge/incidents/contract';
import { incidentTexts, suggestTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { App } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../common/form-problem.tsx';
import { useCategories } from '../common/use-categories.ts';
import { ConflictNote } from '../incident/conflict-note.tsx';
import { useGuarded } from '../incident/use-guarded.ts';
import { Chips, type Chip } from './chips.tsx';
import { useCategorySuggestions } from './use-category-suggestions.ts';

const triage = new Set<Incident['state']>(['reported', 'accepted']);

/** A resident's report that reads like another category than it came under: one click moves it there, saying why. */
export function TriageChips({ incident }: { incident: Incident }) {
  const open = triage.has(incident.state) && incident.moves.includes('change-category');
  return open ? <Asked incident={incident} /> : null;
}

function Asked({ incident }: { incident: Incident }) {
  const t = useTexts(suggestTexts).chips;
  const move = useTexts(incidentTexts).move;
  const pick = usePick();
  const { message } = App.useApp();
  const { nameOf } = useCategories();
  const guarded = useGuarded();
  const [last, setLast] = useState<Chip | null>(null);
  const found = useCategorySuggestions({ text: incident.description, place: incident.place, areaId: incident.areaId });
  const first = found?.suggestions[0];

  const take = async (seen: Incident, chip: Chip): Promise<void> => {
    setLast(chip);
    const reason = t.reason(chip.words.join(t.separator)).slice(0, 500);
    const done = await guarded.run(seen, (version, clientKey) =>
      call(moveIncident, {
        params: { id: seen.id },
        body: { move: 'change-category', version, clientKey, categoryCode: chip.key, reason },
      }),
    );
    if (done) void message.success(move.done(pick(incidentMoves['change-category'])));
  };
  if (guarded.conflict && last) {
    return (
      <ConflictNote
        conflict={guarded.conflict}
        possible={guarded.conflict.after.moves.includes('change-category')}
        busy={guarded.busy}
        onRetry={() => guarded.conflict && void take(guarded.conflict.after, last)}
        onDrop={guarded.clear}
      />
    );
  }
  // Names alone are no reason to doubt what a person chose.
  if (found?.basis !== 'learned' || !first || first.categoryCode === incident.categoryCode) return null;
  const others = found.suggestions.filter((one) => one.categoryCode !== incident.categoryCode);
  return (
    <>
      <FormProblem error={guarded.error} />
      <Chips
        label={t.triage}
        keys="page"
        busy={guarded.busy}
        chips={others.map(({ categoryCode, share, words }) => ({
          key: categoryCode,
          name: nameOf(categoryCode),
          share,
          words,
        }))}
        onTake={(chip) => void take(incident, chip)}
      />
    </>
  );
}

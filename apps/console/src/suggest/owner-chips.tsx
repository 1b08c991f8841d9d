import { suggestOwner, type Party } from '@wangge/dispatch/contract';
import { lessonChanged } from '@wangge/incidents/contract';
import { suggestTexts } from '@wangge/texts/console';
import { useCall, usePick, useTexts } from '@wangge/ui';
import { Chips } from './chips.tsx';

interface Props {
  readonly incidentId: string;
  /** Whom the rule names already. */
  readonly known: readonly Party[];
  readonly onTake: (party: Party) => void;
}

/** Departments that handled incidents like this one and that the rule does not name. */
export function OwnerChips({ incidentId, known, onTake }: Props) {
  const t = useTexts(suggestTexts).chips;
  const pick = usePick();
  const live = { types: ['incidents.changed', lessonChanged.type], id: incidentId };
  const { data } = useCall(suggestOwner, { params: { id: incidentId } }, { live });
  const others = (data?.suggestions ?? []).filter(({ party }) => !known.some((one) => one.id === party.id));
  // Where the likeliest is named already, the others only distract.
  if (others.length < (data?.suggestions.length ?? 0) && others[0] !== data?.suggestions[0]) return null;
  return (
    <Chips
      label={t.owners}
      chips={others.map(({ party, name, share, reasons }) => ({
        key: party.id,
        name,
        share,
        words: reasons.map(pick),
      }))}
      onTake={(chip) => onTake({ kind: 'department', id: chip.key })}
    />
  );
}

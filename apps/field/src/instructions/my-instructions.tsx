import { listMyInstructions } from '@wangge/dispatch/contract';
import { fieldInstructTexts } from '@wangge/texts/field';
import { useCall, useTexts } from '@wangge/ui';
import { InstructionCard } from './instruction-card.tsx';

/** What my grid's head told everybody and I have not dealt with; the others are history. */
export function MyInstructions() {
  const t = useTexts(fieldInstructTexts);
  const live = { types: ['dispatch.instruction-changed'] };
  const list = useCall(listMyInstructions, {}, { live });
  const open = (list.data?.instructions ?? []).filter(
    (i) => i.readAtMs === null || (i.needsConfirm && i.confirmedAtMs === null),
  );
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="instructions-title" data-testid="my-instructions">
      <h2 id="instructions-title" className="group-title">
        {t.title} <span className="muted">{open.length}</span>
      </h2>
      <ul className="task-list">
        {open.map((instruction) => (
          <InstructionCard key={instruction.id} instruction={instruction} />
        ))}
      </ul>
    </section>
  );
}

import { exportTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button, Checkbox, Popover } from 'antd';
import { rowFacts, usualFacts, type RowFact } from './row-facts.ts';

interface Props {
  readonly facts: readonly RowFact[];
  readonly onFacts: (facts: readonly RowFact[]) => void;
}

/** Which facts each row of the list shows; kept by the browser for this account. */
export function RowFactsButton({ facts, onFacts }: Props) {
  const t = useTexts(exportTexts);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="row-facts-choice" role="group" aria-label={t.rowFacts}>
          <Checkbox.Group
            value={[...facts]}
            options={rowFacts.map((fact) => ({ value: fact, label: t.facts[fact] }))}
            onChange={(chosen) => onFacts(rowFacts.filter((fact) => chosen.includes(fact)))}
          />
          <Button size="small" onClick={() => onFacts(usualFacts)}>
            {t.defaults}
          </Button>
        </div>
      }
    >
      <button type="button" className="plain-button">
        {t.rowFacts}
      </button>
    </Popover>
  );
}

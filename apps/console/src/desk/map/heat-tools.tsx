import { mapTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { heatColors, heatSteps, type HeatCells } from '@wangge/ui/map';
import { heatPeriods, type HeatPeriod } from './use-map-cells.ts';

interface Props {
  readonly period: HeatPeriod | null;
  readonly onPeriod: (period: HeatPeriod | null) => void;
}

/** Heat on and off, and of which time. */
export function HeatTools({ period, onPeriod }: Props) {
  const t = useTexts(mapTexts);
  return (
    <>
      <button
        type="button"
        className="wg-map-button map-toggle"
        aria-pressed={period !== null}
        onClick={() => onPeriod(period === null ? '30d' : null)}
      >
        {t.heat}
      </button>
      {period === null ? null : (
        <select
          className="wg-map-button"
          aria-label={t.period}
          value={period}
          onChange={(e) => onPeriod(heatPeriods.find((each) => each === e.target.value) ?? '30d')}
        >
          {heatPeriods.map((each) => (
            <option key={each} value={each}>
              {t.days(Number.parseInt(each, 10))}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** Which shade stands for how many. */
export function HeatLegend({ heat }: { heat: HeatCells }) {
  const t = useTexts(mapTexts);
  const most = Math.max(0, ...heat.cells.map((cell) => cell.count));
  const steps = heatSteps(most);
  if (steps.length === 0) return null;
  return (
    <div className="map-heat-legend">
      <span>{t.heatLegend}</span>
      <ol>
        {steps.map((from, i) => {
          const to = (steps[i + 1] ?? most + 1) - 1;
          return (
            <li key={from}>
              <i style={{ background: heatColors[i] }} aria-hidden="true" />
              {from >= to ? from : `${from}–${to}`}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

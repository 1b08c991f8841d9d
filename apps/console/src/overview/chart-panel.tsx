import { overviewTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { lazy, Suspense } from 'react';
import type { ChartOption } from './chart-options.ts';

const Chart = lazy(() => import('./chart.tsx').then((m) => ({ default: m.Chart })));

interface Props {
  readonly title: string;
  readonly option: ChartOption;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly wide?: boolean;
}

/** A chart and, for those who cannot see it or want the figures, its data as a table. */
export function ChartPanel({ title, option, head, rows, wide = false }: Props) {
  const t = useTexts(overviewTexts);
  const className = wide ? 'chart-wide' : 'chart';
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <Suspense fallback={<div className={className} />}>
        <Chart option={option} label={t.chart(title)} className={className} />
      </Suspense>
      <details className="chart-data">
        <summary>{t.table}</summary>
        {/* A box that scrolls must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="chart-box" tabIndex={0} role="group" aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...cells]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, i) => (
                    <td key={head[i + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

import './editor.css';
import type { Moving } from '@wangge/areas/contract';
import { roles, type Role } from '@wangge/contract-kit';
import { borderTexts } from '@wangge/texts/console';
import { useLabelled, usePick, useTexts } from '@wangge/ui';

interface Props {
  readonly moving: Moving;
  readonly incidentCount: number;
}
const change = ([before, after]: readonly [number | null, number | null]): string =>
  `${before ?? '–'} → ${after ?? '–'}`;

/** Everything besides borders that a draft moves, before one confirms. */
export function MovingList({ moving, incidentCount }: Props) {
  const t = useTexts(borderTexts).moving;
  const pick = usePick();
  const labelled = useLabelled();
  const roleOf = (role: string): string => (role in roles ? pick(roles[role as Role].label) : role);
  const parts: [string, readonly string[], number][] = [
    [t.incidents, moving.incidents.map(({ number, from, to }) => labelled(number, `${from} → ${to}`)), incidentCount],
    [
      t.posts,
      moving.posts.map(({ name, role, from, to }) => labelled(`${name} · ${roleOf(role)}`, `${from} → ${to}`)),
      moving.posts.length,
    ],
    [t.signs, moving.signs.map(({ token, from, to }) => labelled(token, `${from} → ${to}`)), moving.signs.length],
    [t.unstaffed, moving.unstaffed, moving.unstaffed.length],
    [
      t.figures,
      moving.figures.map((row) =>
        labelled(row.name, `${t.population} ${change(row.population)} · ${t.households} ${change(row.households)}`),
      ),
      moving.figures.length,
    ],
  ];
  return (
    <section aria-label={t.title} className="border-moving" data-testid="moving">
      <h3>{t.title}</h3>
      {parts.map(([title, lines, count]) => (
        <details key={title} open={count > 0 && count <= 12}>
          <summary>
            {title} <strong>{count}</strong>
          </summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
            {count > lines.length ? <li>{t.more(count - lines.length)}</li> : null}
          </ul>
        </details>
      ))}
      <p className="muted">{t.history}</p>
    </section>
  );
}

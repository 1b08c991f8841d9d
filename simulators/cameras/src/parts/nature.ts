/** What grows, flows and flies. */
import { n, place, scatter, shadow, times } from './draw.ts';

/** A broad tree; the trunk's foot is at the point. */
export function tree(x: number, y: number, height: number, colour = '#5c7f3d', seed = 1): string {
  const crowns = times(9, (index) => {
    const cx = (scatter(seed + index) - 0.5) * 62;
    const cy = -64 - scatter(seed * 3 + index) * 34;
    const r = 17 + scatter(seed * 7 + index) * 10;
    return `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}" fill="${colour}"/><circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}" fill="url(#ball)"/>`;
  });
  const trunk = '<path d="M-5,0 q3,-30 -1,-56 h12 q-4,26 -1,56z" fill="#5d4732"/>';
  return place(x, y, height / 110, `${shadow(34, 5, 8)}${trunk}${crowns}`);
}

/** A slim conifer. */
export function fir(x: number, y: number, height: number, colour = '#3f5f3c'): string {
  const inner = `<rect x="-3" y="-18" width="6" height="18" fill="#4a3a2a"/><path d="M0,-100 L20,-52 H10 L28,-16 H-28 L-10,-52 H-20z" fill="${colour}"/><path d="M0,-100 L20,-52 H10 L28,-16 H0z" fill="#000" opacity=".18"/>`;
  return place(x, y, height / 100, inner);
}

/** A willow whose branches sway. */
export function willow(x: number, y: number, height: number, sway: number): string {
  const branches = times(15, (index) => {
    const from = (index - 7) * 6;
    const reach = from * 2.1 + sway * 5;
    return `<path d="M${from},-92 q${n(from * 0.9)},4 ${n(reach - from)},${58 + (index % 3) * 9}" stroke="${index % 2 ? '#86a55a' : '#6d8f49'}" stroke-width="6" fill="none" stroke-linecap="round"/>`;
  });
  return place(x, y, height / 110, `<path d="M-5,0 q4,-50 -2,-92 h12 q-6,44 -1,92z" fill="#5a4630"/>${branches}`);
}

export const bush = (x: number, y: number, width: number, colour = '#5f7f45'): string =>
  place(
    x,
    y,
    width / 100,
    times(
      6,
      (index) =>
        `<circle cx="${index * 17 - 42}" cy="${-12 - (index % 3) * 6}" r="18" fill="${colour}"/><circle cx="${index * 17 - 42}" cy="${-12 - (index % 3) * 6}" r="18" fill="url(#ball)"/>`,
    ),
  );

/** Ridges of hills one behind the other, from `y` upwards. */
export function hills(y: number, height: number, colours: readonly string[]): string {
  return colours
    .map((colour, index) => {
      const top = y - height * (1 - index / colours.length);
      const lift = (part: number) => n(top + (scatter(index * 9 + part) - 0.3) * height * 0.5);
      return `<path d="M0,${y} V${lift(1)} C160,${lift(2)} 220,${lift(3)} 380,${lift(4)} S620,${lift(5)} 760,${lift(6)} S1020,${lift(7)} 1280,${lift(8)} V${y}z" fill="${colour}"/>`;
    })
    .join('');
}

/** Lines of light that run over water between two heights; `tS` moves them, a whole number of waves in a loop. */
export function ripples(top: number, bottom: number, tS: number, loopSeconds: number, count = 26): string {
  return times(count, (index) => {
    const depth = index / count;
    const y = top + (bottom - top) * depth ** 1.3;
    const width = 26 + depth * 120;
    const drift = Math.sin((2 * Math.PI * (1 + (index % 3)) * tS) / loopSeconds + index * 2.1);
    const x = scatter(index + 3) * 1300 + drift * (8 + depth * 34);
    const light = 0.16 + 0.24 * (0.5 + 0.5 * Math.sin((2 * Math.PI * 3 * tS) / loopSeconds + index));
    return `<path d="M${n(x - width)},${n(y)} q${n(width / 2)},${n(-2 - depth * 5)} ${n(width)},0 t${n(width)},0" stroke="#eaf6f7" stroke-opacity="${light.toFixed(2)}" stroke-width="${n(1.4 + depth * 3)}" fill="none"/>`;
  });
}

/** A bird in flight: `beat` from −1 to 1 moves its wings. */
export const bird = (x: number, y: number, size: number, beat: number, colour = '#3b3f44'): string =>
  place(
    x,
    y,
    size / 20,
    `<path d="M-10,${n(-beat * 6)} Q-4,-3 0,0 Q4,-3 10,${n(-beat * 6)} Q4,0 0,3 Q-4,0 -10,${n(-beat * 6)}z" fill="${colour}"/>`,
  );

/** A dog that trots. */
export function dog(x: number, y: number, height: number, step: number, facing: 1 | -1, colour = '#a9763f'): string {
  const legs = [-16, -10, 12, 18].map((at, index) => {
    const reach = Math.sin(step * 1.8 + index * 1.6) * 7;
    return `<path d="M${at},-20 L${n(at + reach)},0" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`;
  });
  const inner = `${shadow(26, 4)}${legs.join('')}<path d="M-22,-32 q20,-8 38,-2 l8,-12 q10,-4 16,4 l4,4 q-2,6 -12,6 l-6,14 q-24,10 -46,2z" fill="${colour}"/><path d="M-21,-30 q-12,-6 -12,-${n(14 + Math.sin(step * 2) * 4)}" stroke="${colour}" stroke-width="5" fill="none" stroke-linecap="round"/><circle cx="33" cy="-42" r="1.8" fill="#111"/>`;
  return place(x, y, height / 52, inner, facing);
}

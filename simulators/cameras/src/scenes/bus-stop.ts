import { times } from '../parts/draw.ts';
import { hills, tree } from '../parts/nature.ts';
import { child, pace, person, seated } from '../parts/person.ts';
import { house, sign } from '../parts/town.ts';
import { bus, car } from '../parts/vehicles.ts';
import { byDepth, ease, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const shelter = `<path d="M330,470 V250 M850,470 V250" stroke="#566069" stroke-width="12"/><path d="M296,254 L320,222 H860 L890,254z" fill="#2f6f8f"/><rect x="340" y="270" width="500" height="160" fill="url(#glass)" opacity=".55"/><rect x="360" y="286" width="130" height="128" fill="#f2efe4"/>${times(7, (i) => `<path d="M372,${304 + i * 15} h106" stroke="#7d868c" stroke-width="3"/>`)}<rect x="520" y="424" width="260" height="12" fill="#8f6a41"/><path d="M540,436 v38 M760,436 v38" stroke="#4b4b4b" stroke-width="8"/>`;
const back = `<rect width="1280" height="320" fill="url(#sky)"/>${hills(320, 120, ['#9cb0a8', '#7b9781'])}${house(140, 400, 230)}${house(1110, 396, 250, '#e8dfcc', '#6a4a3e')}<rect y="380" width="1280" height="40" fill="url(#grass)"/>${tree(960, 420, 210, '#587b41', 3)}
<rect y="410" width="1280" height="110" fill="url(#paving)"/>${shelter}${sign(590, 250, '演示镇政府 站', 26, '#fff')}<path d="M930,474 V270" stroke="#566069" stroke-width="8"/><circle cx="930" cy="256" r="34" fill="#2f6f8f"/><text x="930" y="268" font-size="32" text-anchor="middle" fill="#fff">3</text>
<rect y="512" width="1280" height="12" fill="#d9d6cd"/><rect y="524" width="1280" height="196" fill="url(#asphalt)"/><rect y="524" width="1280" height="196" filter="url(#stony)" opacity=".55"/>${times(10, (i) => `<rect x="${i * 136}" y="690" width="76" height="9" fill="#ece9dc" opacity=".8"/>`)}<path d="M300,660 H1000" stroke="#e3c23a" stroke-width="6" stroke-dasharray="26 14"/>`;

/** A bus stop: people wait, the bus comes, stops, takes them in and leaves. */
export const busStop: Scene = {
  name: 'bus-stop',
  title: '镇政府公交站',
  light: 0.15,
  back,
  moving(tS) {
    const x = tS < 10 ? -340 + 960 * ease((tS - 3) / 4.5) : 620 + 1000 * ease((tS - 13) / 4.5) ** 1.1;
    const gone = tS > 9.5 && tS < 18.5;
    const boarding = ease((tS - 8.5) / 2);
    const things: { y: number; svg: string }[] = [
      {
        y: 474,
        svg: seated(
          { coat: '#6b6f7a', legs: '#3a3d44', hair: '#a5a5a5' },
          { x: 740, y: 476, height: 116, nearArm: swing(tS, 3) * 12 },
        ),
      },
    ];
    if (!gone) {
      const back1 = tS >= 18.5 ? ease((tS - 18.5) / 1.5) : 1;
      things.push({
        y: 490,
        svg: person(
          { coat: '#bd4f3f', legs: '#2f3a52', bag: '#5a6a3a' },
          {
            x: 610 + (1 - back1) * 780,
            y: 492 + boarding * 16,
            height: 128,
            step: tS * pace,
            stride: back1 < 1 ? 1 : 0,
            nearArm: 18 + swing(tS, 4) * 10,
            facing: back1 < 1 ? -1 : 1,
          },
        ),
      });
      things.push({
        y: 494,
        svg: child(
          { coat: '#4b86c6', legs: '#2c3b5e' },
          {
            x: 668 + (1 - back1) * 780,
            y: 496 + boarding * 14,
            height: 88,
            step: tS * pace,
            stride: back1 < 1 ? 1 : 0,
            facing: back1 < 1 ? -1 : 1,
          },
        ),
      });
    }
    const stroll = pass(tS, { startS: 11, lastsS: 16, from: -50, to: 1330 });
    if (stroll)
      things.push({
        y: 506,
        svg: person(
          { coat: '#4d7c5a', legs: '#3b3f45' },
          { x: stroll.at, y: 506, height: 132, step: stroll.sinceS * pace },
        ),
      });
    if (tS > 2.8 && x < 1600)
      things.push({ y: 620, svg: bus('#2f7f5f', '3路 县城', { x, y: 622, length: 560, rolled: x }) });
    const other = pass(tS, { startS: 0, lastsS: 5, from: 1500, to: -240 });
    if (other)
      things.push({ y: 706, svg: car('#7d8186', { x: other.at, y: 708, length: 330, facing: -1, rolled: -other.at }) });
    return byDepth(things);
  },
};

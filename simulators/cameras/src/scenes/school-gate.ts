import { n, times } from '../parts/draw.ts';
import { tree } from '../parts/nature.ts';
import { child, pace, person } from '../parts/person.ts';
import { building, flag, sign } from '../parts/town.ts';
import { car, scooter } from '../parts/vehicles.ts';
import { byDepth, ease, held, pass } from './motion.ts';
import type { Scene } from './scene.ts';

const back = `<rect width="1280" height="320" fill="url(#sky)"/>${building(120, 330, 560, 220, '#e3c9a0', 3, 8)}${building(700, 330, 460, 180, '#d9b98d', 2, 6)}${tree(60, 400, 220, '#567a3e', 2)}${tree(1220, 400, 210, '#5d8145', 7)}
<rect y="318" width="1280" height="110" fill="#c98c67"/>${times(16, (i) => `<path d="M0,${330 + i * 7} H1280" stroke="#8c5b40" stroke-opacity=".35"/>`)}<rect x="430" y="318" width="440" height="112" fill="#bdb6a6"/>
<rect x="380" y="250" width="60" height="182" fill="#b4573c"/><rect x="860" y="250" width="60" height="182" fill="#b4573c"/><rect x="360" y="216" width="580" height="48" fill="#8b2c20"/>${sign(650, 252, '演示镇中心小学', 34, '#ffe7a0')}
<rect x="930" y="296" width="110" height="134" fill="#e8e4d8"/><rect x="944" y="318" width="62" height="52" fill="url(#glass)"/>${sign(985, 312, '门卫室', 15, '#333')}
<rect y="428" width="1280" height="112" fill="url(#paving)"/><rect y="540" width="1280" height="180" fill="url(#asphalt)"/><rect y="540" width="1280" height="180" filter="url(#stony)" opacity=".5"/>
${times(9, (i) => `<path d="M${450 + i * 44},546 h26 l${n((i - 4) * 6)},174 h-34z" fill="#eceae0" opacity=".85"/>`)}${sign(180, 470, '慢', 30, '#fff', '#c8901d')}`;

const pupils = [
  { startS: 3, x: 560, coat: '#3d78bd', legs: '#27365c', height: 86, bag: '#d8483c' },
  { startS: 4.6, x: 640, coat: '#e5e7ea', legs: '#27365c', height: 80, bag: '#3f9a5b' },
  { startS: 6, x: 710, coat: '#3d78bd', legs: '#27365c', height: 90, bag: '#e3a62e' },
  { startS: 8.4, x: 600, coat: '#e5e7ea', legs: '#6b2f3f', height: 84, bag: '#8a4fa8' },
] as const;

/** The gate of a school: children come over the crossing, the gate slides, a guard looks on. */
export const schoolGate: Scene = {
  name: 'school-gate',
  title: '中心小学门口',
  light: 0.12,
  back,
  moving(tS) {
    const open = ease(held(tS, 1, 17, 2));
    const gate = times(
      14,
      (i) =>
        `<path d="M${n(440 + i * (30 - open * 21))},430 v-74 l${n(24 - open * 17)},0 v74 M${n(440 + i * (30 - open * 21))},356 l${n(24 - open * 17)},74" stroke="#c8ccd0" stroke-width="5" fill="none"/>`,
    );
    const things: { y: number; svg: string }[] = [];
    for (const { startS, x, height, ...look } of pupils) {
      const way = pass(tS, { startS, lastsS: 8, from: 700, to: 440 });
      // Away from the viewer: the further, the smaller.
      if (way)
        things.push({
          y: way.at,
          svg: child(look, {
            x: x + Math.sin(way.done * 5) * 10,
            y: way.at,
            height: height * (0.78 + 0.4 * (1 - way.done)),
            step: way.sinceS * pace,
            facing: x > 630 ? -1 : 1,
          }),
        });
    }
    const officer = 0.5 + 0.5 * Math.sin((2 * Math.PI * 6 * tS) / 20);
    things.push({
      y: 478,
      svg: person(
        { coat: '#26303f', legs: '#1d242f', vest: '#c8e03a', hat: 'cap', hatColour: '#1d2633' },
        { x: 840, y: 478, height: 124, stride: 0, nearArm: 60 + officer * 40, facing: -1 },
      ),
    });
    things.push({
      y: 492,
      svg: person(
        { coat: '#a84b6b', legs: '#3a3442' },
        { x: 330, y: 492, height: 126, stride: 0, nearArm: 20 + officer * 12 },
      ),
    });
    const mother = pass(tS, { startS: 7, lastsS: 12, from: 1320, to: 330 + 60 });
    if (mother && mother.done < 1)
      things.push({
        y: 516,
        svg: person(
          { coat: '#4f7f5c', legs: '#2f3a4e' },
          { x: mother.at, y: 516, height: 132, facing: -1, step: mother.sinceS * pace },
        ),
      });
    const bike = pass(tS, { startS: 14, lastsS: 6, from: -140, to: 1420 });
    if (bike)
      things.push({
        y: 612,
        svg: scooter('#2e8b73', { x: bike.at, y: 612, length: 168, rolled: bike.at }, { coat: '#8f4a34' }),
      });
    const saloon = pass(tS, { startS: 17.5, lastsS: 5, from: 1500, to: -240 });
    if (saloon)
      things.push({
        y: 694,
        svg: car('#8c1f25', { x: saloon.at, y: 694, length: 330, facing: -1, rolled: -saloon.at }),
      });
    return flag(1090, 430, 240, (2 * Math.PI * 14 * tS) / 20) + gate + byDepth(things);
  },
};

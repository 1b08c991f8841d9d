import { n, times } from '../parts/draw.ts';
import { bush, tree } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { building, lampPost, sign } from '../parts/town.ts';
import { car } from '../parts/vehicles.ts';
import { byDepth, ease, held, pass } from './motion.ts';
import type { Scene } from './scene.ts';

const parked = ['#e4e6e8', '#26292d', '#8b1f24', '#3d628f', '#b9bcbf'];
const back = `<rect width="1280" height="300" fill="url(#sky)"/>${building(-20, 320, 480, 210, '#d5ccbc', 3, 7)}${building(640, 320, 680, 170, '#c9c3b6', 2, 9)}${tree(540, 350, 190, '#5a7d42', 4)}${tree(1250, 380, 200, '#537639', 8)}${bush(420, 340, 180)}
<rect y="330" width="1280" height="390" fill="url(#asphalt)"/><rect y="330" width="1280" height="390" filter="url(#stony)" opacity=".6"/><path d="M0,440 H1280" stroke="#eceae0" stroke-width="5"/>${times(6, (i) => `<path d="M${20 + i * 255},340 L${-20 + i * 265},440" stroke="#eceae0" stroke-width="5"/>`)}
${parked.map((colour, i) => car(colour, { x: 140 + i * 258, y: 420, length: 214, facing: i % 2 ? 1 : -1 })).join('')}
<rect x="40" y="560" width="120" height="110" fill="#e6e2d6"/><rect x="54" y="574" width="92" height="50" fill="url(#glass)"/><rect x="30" y="546" width="140" height="18" fill="#2f5d93"/>${sign(100, 650, '收费处', 19, '#333')}${sign(800, 300, 'P 停车场', 34, '#fff', '#1f5fa8')}${lampPost(1010, 470, 300, -1)}<path d="M520,600 l60,-18 v10 h120 v16 h-120 v10z" fill="#eceae0" opacity=".8"/>`;

/** A car park: the barrier rises for a car that comes in, people go to theirs. */
export const carPark: Scene = {
  name: 'car-park',
  title: '便民停车场',
  light: 0.16,
  back,
  moving(tS) {
    const lift = ease(held(tS, 4, 9.5, 1.2)) * 78;
    const things: { y: number; svg: string }[] = [];
    const part = tS < 4 ? ease((tS - 1) / 2.4) * 0.2 : 0.2 + 0.8 * ease((tS - 5) / 6);
    if (tS > 1 && tS < 11)
      things.push({ y: 660, svg: car('#2f7f8f', { x: -260 + part * 1800, y: 664, length: 320, rolled: part * 1800 }) });
    const man = pass(tS, { startS: 9, lastsS: 9, from: 1330, to: 560 });
    if (man)
      things.push({
        y: 540,
        svg: person(
          { coat: '#4a5a6e', legs: '#25282e', bag: '#3a2f28' },
          { x: man.at, y: 540 - man.done * 88, height: 134 - man.done * 24, facing: -1, step: man.sinceS * pace },
        ),
      });
    const pair = pass(tS, { startS: 12, lastsS: 15, from: -50, to: 1330 });
    if (pair) {
      things.push({
        y: 500,
        svg: person(
          { coat: '#b8503f', legs: '#333d55' },
          { x: pair.at, y: 504, height: 126, step: pair.sinceS * pace },
        ),
      });
      things.push({
        y: 506,
        svg: person(
          { coat: '#d9c07a', legs: '#6a4c6e', skirt: true },
          { x: pair.at + 52, y: 508, height: 120, step: pair.sinceS * pace + 0.6 },
        ),
      });
    }
    things.push({
      y: 680,
      svg: person(
        { coat: '#2d3a52', legs: '#20242c', vest: '#d5e04a', hat: 'cap', hatColour: '#20304a' },
        { x: 232, y: 690, height: 146, stride: 0, nearArm: 14 + held(tS, 3, 9, 0.8) * 72 },
      ),
    });
    const barrier = `<rect x="176" y="590" width="24" height="86" fill="#e0932c"/><g transform="translate(190,604) rotate(${n(-lift)})"><rect y="-6" width="250" height="12" fill="#f3f1ea"/>${times(6, (i) => `<rect x="${i * 42}" y="-6" width="21" height="12" fill="#cf2f25"/>`)}</g>`;
    return byDepth(things) + barrier;
  },
};

import { times } from '../parts/draw.ts';
import { tree } from '../parts/nature.ts';
import { child, pace, person } from '../parts/person.ts';
import { building, lampPost, shop } from '../parts/town.ts';
import { bus, car, lorry, scooter } from '../parts/vehicles.ts';
import { byDepth, pass, type OnTheWay } from './motion.ts';
import type { Scene } from './scene.ts';

const back = `<rect width="1280" height="300" fill="url(#sky)"/>${building(-20, 250, 420, 210, '#d6cbb8', 3, 6)}${building(420, 250, 380, 240, '#c9c5bd', 3, 5)}${building(830, 250, 470, 190, '#dccdb5', 2, 6)}
${shop(-10, 410, 250, 170, '惠民超市', '#b3352c')}${shop(245, 410, 240, 170, '老街面馆', '#c98a1e')}${shop(490, 410, 250, 170, '康宁药房', '#2c7a4b')}${shop(745, 410, 260, 170, '五金日杂', '#2f5d93')}${shop(1010, 410, 280, 170, '小张理发', '#7a4a86')}
<rect y="408" width="1280" height="82" fill="url(#paving)"/>${times(26, (i) => `<path d="M${i * 52},408 l-24,82" stroke="#8f897b" stroke-opacity=".5" stroke-width="2"/>`)}
<rect y="484" width="1280" height="10" fill="#d9d6cd"/><rect y="494" width="1280" height="196" fill="url(#asphalt)"/><rect y="494" width="1280" height="196" filter="url(#stony)" opacity=".6"/>
${times(11, (i) => `<rect x="${i * 124 + 10}" y="584" width="70" height="8" fill="#ece9dc" opacity=".85"/>`)}<rect y="690" width="1280" height="30" fill="#b9b3a5"/>
${tree(150, 488, 190, '#5d8043', 3)}${tree(1120, 488, 200, '#557a3f', 6)}${lampPost(640, 490, 260)}`;

const walkers = [
  { look: { coat: '#b8433a', legs: '#2e3d5b' }, y: 470, height: 118, startS: 0, lastsS: 15, from: -40, to: 1320 },
  {
    look: { coat: '#3f6f55', legs: '#4a4440', hair: '#777' },
    y: 452,
    height: 112,
    startS: 6,
    lastsS: 18,
    from: 1320,
    to: -40,
  },
  {
    look: { coat: '#d8a13a', legs: '#593f6c', skirt: true },
    y: 462,
    height: 114,
    startS: 11,
    lastsS: 14,
    from: -40,
    to: 1320,
  },
] as const;

/** A shopping street with cars, electric bicycles and people on the pavement. */
export const street: Scene = {
  name: 'street',
  title: '老街中段',
  light: 0.16,
  back,
  moving(tS) {
    const rolling = (way: OnTheWay, y: number, length: number) => ({
      x: way.at,
      y,
      length,
      facing: way.facing,
      rolled: way.at * way.facing,
    });
    const things: { y: number; svg: string }[] = [];
    for (const { look, y, height, ...passage } of walkers) {
      const way = pass(tS, passage);
      if (way)
        things.push({ y, svg: person(look, { x: way.at, y, height, facing: way.facing, step: way.sinceS * pace }) });
    }
    const kid = pass(tS, { startS: 0.3, lastsS: 15, from: -40, to: 1320 });
    if (kid)
      things.push({
        y: 476,
        svg: child(
          { coat: '#4a86c5', legs: '#26324a' },
          { x: kid.at - 44, y: 476, height: 82, step: kid.sinceS * pace },
        ),
      });
    const left = (startS: number, lastsS: number) => pass(tS, { startS, lastsS, from: 1560, to: -280 });
    const right = (startS: number, lastsS: number) => pass(tS, { startS, lastsS, from: -280, to: 1560 });
    const whiteCar = left(1, 5);
    if (whiteCar) things.push({ y: 566, svg: car('#e6e8ea', rolling(whiteCar, 566, 300)) });
    const town = left(8, 8);
    if (town) things.push({ y: 568, svg: bus('#2f7f5f', '3路 演示镇', rolling(town, 568, 440)) });
    const bluecar = right(4, 5);
    if (bluecar) things.push({ y: 672, svg: car('#2d5791', rolling(bluecar, 672, 330)) });
    const van = right(14, 6);
    if (van) things.push({ y: 674, svg: lorry('#3c6ea5', '#d8dadb', rolling(van, 674, 350)) });
    const courier = right(10.5, 6);
    if (courier)
      things.push({
        y: 636,
        svg: scooter('#2b6cb0', rolling(courier, 636, 160), { coat: '#f0b429', hat: 'helmet', hatColour: '#2b6cb0' }),
      });
    const rider = left(16.5, 7);
    if (rider)
      things.push({ y: 530, svg: scooter('#b3272d', rolling(rider, 530, 140), { coat: '#5a4b86', legs: '#2b2e38' }) });
    return byDepth(things);
  },
};

import { n, scatter, times } from '../parts/draw.ts';
import { bird, hills, tree } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { house } from '../parts/town.ts';
import { tractor } from '../parts/vehicles.ts';
import { pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const rows = times(
  16,
  (i) =>
    `<path d="M${n(640 + (i - 7.5) * 46)},352 L${n(640 + (i - 7.5) * 250)},720" stroke="${i % 2 ? '#6c8f3a' : '#8dac4d'}" stroke-width="${i % 2 ? 26 : 15}"/>`,
);
const pylon = (x: number, y: number, h: number) =>
  `<path d="M${x - h * 0.16},${y} L${x},${y - h} L${x + h * 0.16},${y} M${x - h * 0.2},${n(y - h * 0.78)} h${n(h * 0.4)} M${x - h * 0.1},${n(y - h * 0.4)} h${n(h * 0.2)}" stroke="#6d767c" stroke-width="4" fill="none"/>`;

const back = `<rect width="1280" height="340" fill="url(#sky)"/>${hills(346, 120, ['#9db3b0', '#7f9a86'])}${pylon(300, 340, 150)}${pylon(820, 340, 120)}<path d="M300,224 Q560,262 820,248 T1280,240 M0,236 Q150,250 300,224" stroke="#59636a" stroke-width="2" fill="none"/>
<rect y="340" width="1280" height="380" fill="#9aa957"/>${rows}<rect y="340" width="1280" height="380" filter="url(#rough)" opacity=".7"/>
<path d="M0,470 Q640,440 1280,480 V520 Q640,480 0,512z" fill="url(#soil)"/><path d="M0,512 Q640,480 1280,520 v12 Q640,492 0,526z" fill="#7fa3ad"/>
${house(1060, 356, 190)}${house(1190, 362, 150, '#dcd4c4', '#6b4b40')}${tree(960, 360, 110, '#587a42', 3)}${tree(80, 362, 130, '#5d8046', 6)}${tree(150, 358, 90, '#52743c', 8)}`;

const cranes = [0, 1, 2, 3];

/** Fields with a tractor on the track, a farmer at work and egrets. */
export const farmland: Scene = {
  name: 'farmland',
  title: '东片高标准农田',
  light: 0.22,
  back,
  moving(tS) {
    const plough = pass(tS, { startS: 0, lastsS: 17, from: -160, to: 1420 });
    const walker = pass(tS, { startS: 8, lastsS: 16, from: 1330, to: -50 });
    const dig = Math.max(0, swing(tS, 9));
    const stalks = times(46, (i) => {
      const x = scatter(i) * 1280;
      const y = 560 + scatter(i * 3) * 150;
      const lean = swing(tS, 4, x / 170) * 9;
      return `<path d="M${n(x)},${n(y)} q${n(lean / 2)},-18 ${n(lean)},-${n(26 + scatter(i) * 16)} M${n(x + 7)},${n(y)} q${n(lean / 2 + 2)},-16 ${n(lean + 8)},-26" stroke="#c4bd55" stroke-width="3.4" fill="none"/>`;
    });
    const flock = cranes.map((i) => {
      const fly = pass(tS, { startS: 3 + i * 0.5, lastsS: 11, from: 1320, to: -40 });
      return fly ? bird(fly.at, 150 + i * 24 + swing(tS, 4, i) * 10, 34, swing(tS, 22, i), '#f4f5f1') : '';
    });
    const hoe = `<g transform="translate(905,560) rotate(${n(-40 + dig * 62)})"><path d="M0,0 L64,0" stroke="#7b5a36" stroke-width="5"/><path d="M60,-3 l16,20 l-9,2 l-12,-18z" fill="#5b6166"/></g>`;
    return [
      ...flock,
      plough ? tractor({ x: plough.at, y: 500, length: 210, rolled: plough.at }) : '',
      walker
        ? person(
            { coat: '#8a6d4a', legs: '#3b4a36', hat: 'straw' },
            { x: walker.at, y: 524, height: 116, facing: -1, step: walker.sinceS * pace },
          )
        : '',
      person(
        { coat: '#3e6b8c', legs: '#3c3f38', hat: 'straw' },
        { x: 880, y: 640, height: 142, stride: 0, nearArm: 70 - dig * 40, arms: 50 - dig * 36, lean: 12 + dig * 16 },
      ),
      hoe,
      stalks,
    ].join('');
  },
};

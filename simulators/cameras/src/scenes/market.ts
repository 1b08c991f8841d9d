import { times } from '../parts/draw.ts';
import { child, pace, person } from '../parts/person.ts';
import { sign, stall } from '../parts/town.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const beams = times(9, (i) => `<path d="M${i * 160},0 L${i * 160 + 30},150" stroke="#6d7377" stroke-width="9"/>`);
const back = `<rect width="1280" height="720" fill="#b9c0c1"/><rect width="1280" height="160" fill="#8c989c"/>${beams}<path d="M0,150 H1280" stroke="#5f6669" stroke-width="14"/>
${times(5, (i) => `<rect x="${i * 270 + 40}" y="176" width="190" height="150" fill="url(#glass)" opacity=".8"/>`)}${sign(640, 130, '演示镇农贸市场', 40, '#fff', '#a52a22')}
${sign(210, 222, '蔬菜', 30, '#fff', '#2f7d45')}${sign(520, 222, '水产', 30, '#fff', '#2a67a5')}${sign(840, 222, '豆制品', 30, '#fff', '#a37525')}${sign(1120, 222, '水果', 30, '#fff', '#b1422f')}
<rect y="420" width="1280" height="300" fill="#a09b90"/><rect y="420" width="1280" height="300" filter="url(#stony)"/>${times(18, (i) => `<path d="M${640 + (i - 9) * 70},420 L${640 + (i - 9) * 175},720" stroke="#7c776d" stroke-opacity=".5" stroke-width="2"/>`)}`;

const sellers = [
  { x: 190, coat: '#4a7a50', hair: '#777' },
  { x: 500, coat: '#35608d' },
  { x: 820, coat: '#e8e4da' },
  { x: 1110, coat: '#a8563a' },
];
const stalls = [
  { x: 190, stripe: '#2f7d45', goods: ['#5f9a3c', '#e08a2c', '#8bb84b', '#c7382c'] },
  { x: 500, stripe: '#2a67a5', goods: ['#9fb4bf', '#c3ccd0', '#7f98a6'] },
  { x: 820, stripe: '#c08a2a', goods: ['#efe6cf', '#f3eee0', '#d9c9a0', '#e9dcb8'] },
  { x: 1110, stripe: '#b1422f', goods: ['#d8382b', '#f0a32c', '#8a4a9a', '#e6cf3a'] },
];

/** Stalls of a market, sellers behind and buyers before them. */
export const market: Scene = {
  name: 'market',
  title: '农贸市场',
  light: 0.05,
  back,
  moving(tS) {
    const things = sellers.map(({ x, ...look }, i) => ({
      y: 440,
      svg: person(look, {
        x: x + swing(tS, 1, i) * 30,
        y: 462,
        height: 140,
        stride: 0,
        nearArm: 45 + swing(tS, 5, i) * 30,
        facing: swing(tS, 1, i + Math.PI / 2) > 0 ? 1 : -1,
      }),
    }));
    for (const { x, stripe, goods } of stalls) things.push({ y: 490, svg: stall(x, 492, 270, stripe, goods) });
    things.push({
      y: 545,
      svg: person(
        { coat: '#7c5b9c', legs: '#35303f' },
        { x: 300, y: 548, height: 142, stride: 0, nearArm: 50 + swing(tS, 4) * 18, facing: -1 },
      ),
    });
    things.push({
      y: 552,
      svg: person(
        { coat: '#c0504a', legs: '#2f3a52', bag: '#d9c23c' },
        { x: 930, y: 552, height: 138, stride: 0, nearArm: 34 + swing(tS, 3, 1) * 20, facing: -1 },
      ),
    });
    const first = pass(tS, { startS: 0, lastsS: 16, from: -60, to: 1340 });
    if (first)
      things.push({
        y: 640,
        svg: person(
          { coat: '#3f7d86', legs: '#2d2f36', bag: '#b98a3a' },
          { x: first.at, y: 640, height: 158, step: first.sinceS * pace },
        ),
      });
    const second = pass(tS, { startS: 5, lastsS: 17, from: 1340, to: -80 });
    if (second) {
      things.push({
        y: 690,
        svg: person(
          { coat: '#d08a3c', legs: '#4a4e5a' },
          { x: second.at, y: 690, height: 160, facing: -1, step: second.sinceS * pace },
        ),
      });
      things.push({
        y: 694,
        svg: child(
          { coat: '#d85a7c', legs: '#37456a' },
          { x: second.at + 62, y: 694, height: 104, facing: -1, step: second.sinceS * pace },
        ),
      });
    }
    const third = pass(tS, { startS: 12, lastsS: 15, from: -60, to: 1340 });
    if (third)
      things.push({
        y: 590,
        svg: person(
          { coat: '#5b6a3c', legs: '#3b3632', hair: '#9a9a9a' },
          { x: third.at, y: 590, height: 146, step: third.sinceS * pace },
        ),
      });
    return byDepth(things);
  },
};

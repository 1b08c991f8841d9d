import { n, times } from '../parts/draw.ts';
import { tree } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { building, sign } from '../parts/town.ts';
import { bus, car, scooter } from '../parts/vehicles.ts';
import { byDepth, ease, pass } from './motion.ts';
import type { Scene } from './scene.ts';

const zebra = (x: number) =>
  times(8, (i) => `<path d="M${x},${n(476 + i * 27)} h110 l8,15 h-110z" fill="#eceae0" opacity=".88"/>`);
const back = `<rect width="1280" height="330" fill="url(#sky)"/>${building(-40, 360, 380, 240, '#cfc4b2', 4, 5)}${building(900, 360, 420, 280, '#d8d2c6', 5, 5)}${building(430, 340, 120, 150, '#bfb6a6', 3, 2)}${building(720, 340, 120, 130, '#c6baa4', 3, 2)}${sign(150, 200, '演示镇供销社', 26, '#fff', '#2f7d45')}${sign(1105, 140, '信用社', 30, '#fff', '#1f5f94')}
<path d="M560,340 H710 L820,470 H440z" fill="#67696c"/><path d="M630,340 h8 l2,130 h-14z" fill="#e3c23a"/><rect y="360" width="1280" height="112" fill="url(#paving)"/><path d="M548,355 H720 L824,472 H436z" fill="url(#asphalt)"/>
<rect y="466" width="1280" height="254" fill="url(#asphalt)"/><rect y="466" width="1280" height="254" filter="url(#stony)" opacity=".55"/><path d="M0,586 H380 M890,586 H1280" stroke="#e3c23a" stroke-width="7"/>${zebra(392)}${zebra(766)}${tree(60, 462, 170, '#5a7e42', 4)}${tree(1225, 462, 180, '#557a3e', 9)}`;

function lights(x: number, y: number, lit: 'red' | 'amber' | 'green'): string {
  const lamp = (index: number, name: string, colour: string) =>
    `<circle cx="${index * 34}" cy="0" r="13" fill="${lit === name ? colour : '#2c2f31'}"/>${lit === name ? `<circle cx="${index * 34}" cy="0" r="21" fill="${colour}" opacity=".28"/>` : ''}`;
  return `<g transform="translate(${x},${y})"><rect x="-22" y="-20" width="112" height="40" rx="8" fill="#15181a"/>${lamp(0, 'red', '#ff3b30')}${lamp(1, 'amber', '#ffc23a')}${lamp(2, 'green', '#3be37a')}</g>`;
}

/** A crossroads: the lights change, cars wait for people on the crossing. */
export const crossroads: Scene = {
  name: 'crossroads',
  title: '镇东十字路口',
  light: 0.15,
  back,
  moving(tS) {
    // Green for cars in the first half of the loop.
    const lit = tS < 9 ? 'green' : tS < 10.5 ? 'amber' : 'red';
    const things: { y: number; svg: string }[] = [];
    const drive = (startS: number, lastsS: number, from: number, to: number) => pass(tS, { startS, lastsS, from, to });
    const one = drive(0.3, 4, -260, 1540);
    if (one) things.push({ y: 690, svg: car('#27476f', { x: one.at, y: 690, length: 320, rolled: one.at }) });
    const two = drive(4, 4.4, 1560, -280);
    if (two)
      things.push({ y: 566, svg: car('#dfe1e3', { x: two.at, y: 566, length: 270, facing: -1, rolled: -two.at }) });
    const third = drive(4.2, 5, -300, 1600);
    if (third)
      things.push({
        y: 694,
        svg: bus('#c2662b', '1路 火车站', { x: third.at, y: 694, length: 460, rolled: third.at }),
      });
    // One stops at the line in time, waits, and goes on with the next green.
    const stopX = -200 + 410 * ease((tS - 10) / 2.6);
    const go = Math.max(0, tS - 19.2);
    const begun = tS < 4.5 ? 210 + 100 * ease((tS + 0.8) / 1.4) + 260 * Math.max(0, tS - 0.4) : undefined;
    const waiting = begun === undefined ? (tS >= 10 ? stopX + 100 * ease(go / 1.4) : undefined) : begun;
    if (waiting !== undefined && waiting < 1500)
      things.push({ y: 640, svg: car('#9c2a26', { x: waiting, y: 640, length: 290, rolled: waiting }) });
    const walkers = [
      { x: 420, startS: 11, coat: '#d0603a', legs: '#2e3a55', from: 712, to: 452 },
      { x: 470, startS: 11.6, coat: '#3f7f68', legs: '#3b3b44', from: 452, to: 712 },
      { x: 800, startS: 12, coat: '#7a56a0', legs: '#333a4e', from: 452, to: 716 },
      { x: 850, startS: 11.3, coat: '#d9b13c', legs: '#3c4a63', from: 712, to: 450 },
    ];
    for (const { x, startS, from, to, ...look } of walkers) {
      const way = drive(startS, 7, from, to);
      if (way)
        things.push({
          y: way.at,
          svg: person(look, {
            x,
            y: way.at,
            height: 84 + (way.at - 450) * 0.26,
            step: way.sinceS * pace,
            facing: to > from ? 1 : -1,
          }),
        });
    }
    const pavement = drive(3, 16, 1330, -40);
    if (pavement)
      things.push({
        y: 452,
        svg: person(
          { coat: '#48607c', legs: '#2a2c31' },
          { x: pavement.at, y: 452, height: 98, facing: -1, step: pavement.sinceS * pace },
        ),
      });
    const rider = drive(12.5, 6, 640, 640);
    if (rider)
      things.push({
        y: 500,
        svg: scooter(
          '#2d8a63',
          { x: 330 + rider.done * 720, y: 520 + rider.done * 20, length: 132, rolled: rider.done * 720 },
          { coat: '#c8453b', hat: 'helmet', hatColour: '#f4f4f4' },
        ),
      });
    const mast = '<path d="M1010,470 V190 H742" stroke="#555b5f" stroke-width="11" fill="none"/>';
    return byDepth(things) + mast + lights(760, 212, lit);
  },
};

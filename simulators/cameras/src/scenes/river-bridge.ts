import { n, times } from '../parts/draw.ts';
import { hills, ripples, willow } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { depthGauge, house, railing, sign } from '../parts/town.ts';
import { boat, car, scooter } from '../parts/vehicles.ts';
import { pass, swing } from './motion.ts';
import { loopS, type Scene } from './scene.ts';

const arches = times(
  3,
  (i) =>
    `<path d="M${190 + i * 320},430 q10,-128 150,-128 q140,0 150,128z" fill="#4f7480"/><path d="M${186 + i * 320},430 q8,-136 154,-136 q146,0 154,136" stroke="#8d8678" stroke-width="10" fill="none"/>`,
);

const back = `<rect width="1280" height="330" fill="url(#haze)"/>${hills(330, 130, ['#a3b3ad', '#86a08e'])}${house(90, 316, 170)}${house(1210, 318, 160, '#e3dccd', '#4d4f52')}
<rect y="316" width="1280" height="404" fill="url(#water)"/><path d="M0,430 V260 H1280 V430z" fill="#b5aea0"/><path d="M0,430 V260 H1280 V430z" filter="url(#stony)"/>${arches}<rect y="246" width="1280" height="22" fill="#cac4b6"/><rect y="262" width="1280" height="8" fill="#7c766a"/>
<path d="M0,430 h190 q-20,60 -190,90z" fill="#6f8556"/><path d="M1130,430 h150 v96 q-110,-30 -150,-96z" fill="#6f8556"/><path d="M0,720 V640 Q260,610 420,720z" fill="#8f8a7c"/>${sign(640, 292, '演示河大桥', 20, '#8a1f1a')}${depthGauge(510, 452, 150)}`;

/** A river with a bridge of stone arches; traffic above, a boat below. */
export const riverBridge: Scene = {
  name: 'river-bridge',
  title: '演示河大桥',
  light: 0.18,
  back,
  moving(tS) {
    const level = swing(tS, 1) * 2.5;
    const flow = times(13, (i) => {
      const x = ((i * 167 + (tS / loopS) * 1440 * (1 + (i % 2))) % 1440) - 80;
      return `<path d="M${n(x)},${n(470 + i * 19)} q26,-7 52,0 t52,0" stroke="#e3f0f2" stroke-opacity=".42" stroke-width="${n(2 + i * 0.25)}" fill="none"/>`;
    });
    const row = pass(tS, { startS: 2, lastsS: 17, from: 1440, to: -180 });
    const over = pass(tS, { startS: 0, lastsS: 8, from: -220, to: 1500 });
    const back1 = pass(tS, { startS: 9, lastsS: 9, from: 1500, to: -220 });
    const bike = pass(tS, { startS: 5, lastsS: 12, from: -120, to: 1400 });
    const walk = pass(tS, { startS: 12, lastsS: 18, from: 1330, to: -50 });
    return [
      ripples(450, 700, tS, loopS, 18),
      flow,
      over ? car('#e2e4e6', { x: over.at, y: 254, length: 210, rolled: over.at }) : '',
      back1 ? car('#a4332c', { x: back1.at, y: 252, length: 200, facing: -1, rolled: -back1.at }) : '',
      bike
        ? scooter(
            '#2f6f9f',
            { x: bike.at, y: 257, length: 108, rolled: bike.at },
            { coat: '#d98f2a', hat: 'helmet', hatColour: '#e8e8e8' },
          )
        : '',
      walk
        ? person(
            { coat: '#b04a3f', legs: '#34405a' },
            { x: walk.at, y: 258, height: 92, facing: -1, step: walk.sinceS * pace },
          )
        : '',
      railing(0, 262, 1280, 34, '#d9d4c8'),
      row ? boat(row.at, 590 + level, 300, swing(tS, 10), -1) : '',
      person(
        { coat: '#5b7b4b', legs: '#3a3f45', hat: 'cap', hatColour: '#c33', vest: '#e5722c' },
        { x: 140, y: 700, height: 150, stride: 0, nearArm: 24 + Math.max(0, swing(tS, 3)) * 60 },
      ),
      willow(1180, 560, 330, swing(tS, 3)),
    ].join('');
  },
};

import { n, place, times } from '../parts/draw.ts';
import { bush, tree } from '../parts/nature.ts';
import { child, pace, person } from '../parts/person.ts';
import { bench, building, flag, sign } from '../parts/town.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const tiles =
  times(
    9,
    (i) => `<path d="M0,${n(392 + i * i * 4.6)} H1280" stroke="#8e8778" stroke-opacity=".45" stroke-width="2"/>`,
  ) +
  times(
    21,
    (i) =>
      `<path d="M${n(640 + (i - 10) * 62)},380 L${n(640 + (i - 10) * 190)},720" stroke="#8e8778" stroke-opacity=".4" stroke-width="2"/>`,
  );

const back = `<rect width="1280" height="390" fill="url(#sky)"/>${building(-30, 380, 300, 200, '#d8cfc0', 4, 4)}${building(1010, 380, 300, 230, '#cfc6b6', 4, 4)}
<rect x="350" y="190" width="580" height="190" fill="#c7b79c"/><rect x="350" y="190" width="580" height="190" fill="url(#sheen)" opacity=".5"/><path d="M320,196 L640,120 L960,196z" fill="#8f3b30"/><rect x="350" y="340" width="580" height="46" fill="#9c8d75"/>
${times(6, (i) => `<rect x="${372 + i * 104}" y="196" width="18" height="146" fill="#b2382e"/>`)}<rect x="420" y="236" width="440" height="104" fill="#5c2f2a"/>${sign(640, 225, '演示镇文化广场', 34, '#ffe9a8', '#8a1f1a')}
<rect y="380" width="1280" height="340" fill="url(#paving)"/>${tiles}
${tree(120, 440, 220, '#5a7d41', 5)}${tree(1190, 450, 230, '#537739', 9)}${bush(250, 412, 130)}${bush(1000, 412, 140)}${bench(190, 500, 120)}`;

const dancers = [
  { x: 470, y: 520, coat: '#c73f6e', legs: '#2c2c3c' },
  { x: 580, y: 500, coat: '#d9892b', legs: '#3d3150' },
  { x: 690, y: 520, coat: '#2f8a86', legs: '#2c2c3c' },
  { x: 800, y: 500, coat: '#8c4fa3', legs: '#2f2f35' },
  { x: 630, y: 585, coat: '#d4483a', legs: '#2b3550' },
];

/** A square where people dance, a child plays ball and others cross. */
export const square: Scene = {
  name: 'square',
  title: '文化广场',
  light: 0.18,
  back,
  moving(tS) {
    const beat = swing(tS, 14);
    const things = dancers.map(({ x, y, ...look }, index) => ({
      y,
      svg: person(
        { ...look, hair: index === 1 ? '#8b8b8b' : '#1d1815' },
        {
          x: x + swing(tS, 7, index === 4 ? 0.3 : 0) * 34,
          y,
          height: 108 + (y - 500) * 0.35,
          facing: beat > 0 ? 1 : -1,
          stride: 0.35,
          step: (tS * Math.PI * 14) / 10,
          arms: 70 + beat * 55,
        },
      ),
    }));
    const bounce = Math.abs(swing(tS, 10));
    const ballX = 980 + swing(tS, 5) * 90;
    things.push({
      y: 610,
      svg: child(
        { coat: '#3b7dc4', legs: '#394b33' },
        {
          x: ballX - 40,
          y: 612,
          height: 92,
          step: tS * pace * 0.7,
          stride: 0.8,
          facing: swing(tS, 5, Math.PI / 2) > 0 ? 1 : -1,
          nearArm: 45,
        },
      ),
    });
    things.push({
      y: 612,
      svg: place(
        ballX,
        612 - bounce * 62,
        1,
        '<circle cy="-15" r="15" fill="#e8532c"/><circle cy="-15" r="15" fill="url(#ball)"/>',
      ),
    });
    const across = pass(tS, { startS: 2, lastsS: 16, from: -50, to: 1330 });
    if (across)
      things.push({
        y: 690,
        svg: person(
          { coat: '#4b5a6b', legs: '#26282c', bag: '#6c4b2d' },
          { x: across.at, y: 690, height: 156, facing: across.facing, step: across.sinceS * pace },
        ),
      });
    const couple = pass(tS, { startS: 9, lastsS: 18, from: 1330, to: -50 });
    if (couple) {
      things.push({
        y: 452,
        svg: person(
          { coat: '#7d8b4e', legs: '#3a3a3a' },
          { x: couple.at, y: 452, height: 92, facing: -1, step: couple.sinceS * pace },
        ),
      });
      things.push({
        y: 454,
        svg: person(
          { coat: '#b25f7a', legs: '#51415f', skirt: true },
          { x: couple.at + 36, y: 454, height: 88, facing: -1, step: couple.sinceS * pace + 0.7 },
        ),
      });
    }
    return flag(310, 400, 250, (2 * Math.PI * 16 * tS) / 20) + byDepth(things);
  },
};

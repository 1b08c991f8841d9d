import { n, scatter, times } from '../parts/draw.ts';
import { bird, fir, hills } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { sign } from '../parts/town.ts';
import { scooter } from '../parts/vehicles.ts';
import { byDepth, pass, swing } from './motion.ts';
import { loopS, type Scene } from './scene.ts';

const wood = (count: number, y: number, spread: number, size: number, colour: string, seed: number) =>
  times(count, (i) =>
    fir(
      scatter(seed + i) * 1300 - 10,
      y + scatter(seed * 2 + i) * spread,
      size * (0.8 + scatter(seed * 5 + i) * 0.5),
      colour,
    ),
  );

const tower = `<path d="M880,420 L905,190 M980,420 L955,190 M890,340 H970 M884,390 L972,330 M976,390 L888,330 M896,270 H964" stroke="#66584a" stroke-width="8" fill="none"/><rect x="882" y="140" width="96" height="56" fill="#8c7355"/><path d="M872,142 L930,106 L988,142z" fill="#5d3b30"/><rect x="896" y="154" width="68" height="26" fill="url(#glass)"/>`;
const back = `<rect width="1280" height="420" fill="url(#haze)"/>${hills(400, 260, ['#a9bcb9', '#8aa59a', '#6d8e79', '#557a5e'])}${wood(60, 330, 40, 60, '#5a7d62', 3)}${wood(50, 380, 40, 84, '#466a4c', 7)}${tower}${wood(34, 430, 30, 120, '#37583c', 11)}
<rect y="470" width="1280" height="250" fill="url(#grass)"/><rect y="470" width="1280" height="250" filter="url(#rough)"/><path d="M0,560 Q420,520 760,580 T1280,560 V640 Q900,640 640,650 T0,640z" fill="url(#soil)"/>`;
const banner = `<path d="M236,560 V400 M524,560 V400" stroke="#8d8f8c" stroke-width="9"/><rect x="220" y="394" width="320" height="70" fill="#b3261e"/>${sign(380, 442, '森林防火 人人有责', 30, '#ffe9a8')}`;

/** The edge of a wood with a fire tower; a ranger passes, a thin smoke rises far away for some seconds. */
export const forestEdge: Scene = {
  name: 'forest-edge',
  title: '青山林场防火卡口',
  light: 0.2,
  back,
  moving(tS) {
    const strength = Math.max(0, Math.sin((Math.PI * (tS - 5)) / 12)) * (tS > 5 && tS < 17 ? 1 : 0);
    const smoke = times(9, (i) => {
      const rise = (i / 9 + (tS * 4) / loopS) % 1;
      return `<circle cx="${n(230 + rise * 70 + Math.sin(rise * 9) * 12)}" cy="${n(330 - rise * 210)}" r="${n(9 + rise * 42)}" fill="#dfe0de" opacity="${(strength * (1 - rise) * 0.5).toFixed(2)}"/>`;
    });
    const flight = pass(tS, { startS: 2, lastsS: 13, from: -40, to: 1320 });
    const things: { y: number; svg: string }[] = [];
    const ranger = pass(tS, { startS: 0, lastsS: 17, from: -60, to: 1340 });
    if (ranger)
      things.push({
        y: 626,
        svg: person(
          { coat: '#51623a', legs: '#3c4531', vest: '#e0662c', hat: 'cap', hatColour: '#51623a' },
          { x: ranger.at, y: 626, height: 150, step: ranger.sinceS * pace },
        ),
      });
    const bike = pass(tS, { startS: 8, lastsS: 8, from: 1420, to: -140 });
    if (bike)
      things.push({
        y: 600,
        svg: scooter(
          '#3c5a86',
          { x: bike.at, y: 600, length: 160, facing: -1, rolled: -bike.at },
          { coat: '#8a4f38', hat: 'helmet', hatColour: '#d83a2c' },
        ),
      });
    const hiker = pass(tS, { startS: 12, lastsS: 16, from: 1340, to: -60 });
    if (hiker)
      things.push({
        y: 694,
        svg: person(
          { coat: '#3f86a8', legs: '#4b4438', bag: '#d0572c' },
          { x: hiker.at, y: 698, height: 160, facing: -1, step: hiker.sinceS * pace },
        ),
      });
    const sway = times(7, (i) =>
      fir(150 + i * 180 + swing(tS, 3, i) * 3, 540 + (i % 2) * 16, 150 + (i % 3) * 26, '#2f5036'),
    );
    return (
      smoke +
      (flight ? bird(flight.at, 120 + swing(tS, 3) * 20, 40, swing(tS, 20), '#333a3d') : '') +
      `<g opacity=".97">${sway}</g>${banner}` +
      byDepth(things)
    );
  },
};

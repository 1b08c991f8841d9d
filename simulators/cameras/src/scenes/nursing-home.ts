import { n, place, times } from '../parts/draw.ts';
import { bush, tree } from '../parts/nature.ts';
import { pace, person, seated } from '../parts/person.ts';
import { bench, building, sign } from '../parts/town.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const pavilion = `<path d="M900,470 V300 M1160,470 V300 M960,460 V300 M1100,460 V300" stroke="#9c2f26" stroke-width="13"/><path d="M850,312 Q930,290 1030,226 Q1130,290 1210,312 Q1030,286 850,312z" fill="#4a5a50"/><path d="M850,312 Q1030,284 1210,312 l-6,12 Q1030,298 856,324z" fill="#2f7d6a"/><rect x="880" y="458" width="300" height="18" fill="#b9b2a2"/>`;
const back = `<rect width="1280" height="340" fill="url(#sky)"/>${building(40, 400, 640, 270, '#f0dfc4', 3, 8)}<rect x="290" y="310" width="140" height="92" fill="#6d4630"/>${sign(360, 298, '演示镇敬老院', 32, '#fff', '#a3552a')}${tree(760, 420, 230, '#5a7f42', 6)}${pavilion}
<rect y="398" width="1280" height="322" fill="url(#grass)"/><rect y="398" width="1280" height="322" filter="url(#rough)"/><path d="M0,560 Q640,520 1280,580 V690 Q640,640 0,680z" fill="url(#paving)"/><path d="M300,400 h120 l60,150 h-260z" fill="url(#paving)"/>${pavilion}${bush(110, 440, 160)}${bush(620, 440, 140, '#6f8f4a')}${bench(560, 520, 140)}${times(12, (i) => `<circle cx="${90 + i * 17}" cy="${430 - (i % 3) * 8}" r="5" fill="${['#e0567a', '#f0c23a', '#fff'][i % 3]}"/>`)}${[300, 420].map((x) => `<g transform="translate(${x},318)"><ellipse rx="15" ry="18" fill="#d32f23"/><path d="M-8,-17 h16 M-8,17 h16" stroke="#e9c35a" stroke-width="4"/></g>`).join('')}`;

/** The garden of a home for the old: a wheelchair is pushed, some sit, one does his exercises. */
export const nursingHome: Scene = {
  name: 'nursing-home',
  title: '敬老院庭院',
  light: 0.18,
  back,
  moving(tS) {
    const slow = swing(tS, 3);
    const things = [
      {
        y: 520,
        svg: seated(
          { coat: '#6f7b63', legs: '#3c3f45', hair: '#c4c4c4' },
          { x: 540, y: 522, height: 128, nearArm: swing(tS, 4) * 14 },
        ),
      },
      {
        y: 521,
        svg: seated(
          { coat: '#94585f', legs: '#4a4450', hair: '#d2d2d2' },
          { x: 604, y: 523, height: 122, facing: -1, nearArm: swing(tS, 3, 2) * 14 },
        ),
      },
      {
        y: 480,
        svg: person(
          { coat: '#e9e6df', legs: '#d8d4c8', hair: '#c9c9c9' },
          {
            x: 1030 + slow * 20,
            y: 500,
            height: 124,
            stride: 0.5,
            step: slow * 1.2,
            arms: 50 + slow * 40,
            nearArm: 60 - slow * 50,
          },
        ),
      },
    ];
    const push = pass(tS, { startS: 0, lastsS: 18, from: -120, to: 1360 });
    if (push) {
      const { at, sinceS } = push;
      const turn = (at / 24) * 57.3;
      const chair = `<path d="M-30,-60 V-30 H22 V-10" stroke="#4c5358" stroke-width="6" fill="none"/><circle cy="-22" r="22" fill="none" stroke="#2b2e31" stroke-width="5"/><g transform="translate(0,-22) rotate(${n(turn)})"><path d="M-20,0 H20 M0,-20 V20" stroke="#888" stroke-width="2"/></g><circle cx="28" cy="-8" r="8" fill="none" stroke="#2b2e31" stroke-width="4"/>`;
      const old = seated({ coat: '#7c6a94', legs: '#5a5145', hair: '#d6d6d6' }, { x: at + 62, y: 630, height: 118 });
      things.push({
        y: 630,
        svg:
          person(
            { coat: '#e6f0f2', legs: '#dfe8ea', hat: 'cap', hatColour: '#f5f8f8' },
            { x: at, y: 632, height: 146, step: sinceS * pace * 0.8, arms: 40 },
          ) +
          old +
          place(at + 62, 632, 1.15, chair),
      });
    }
    const cane = pass(tS, { startS: 6, lastsS: 19, from: 1340, to: -60 });
    if (cane) {
      const tap = Math.sin(cane.sinceS * pace * 0.7) * 12;
      things.push({
        y: 592,
        svg:
          person(
            { coat: '#4c5a70', legs: '#33363c', hair: '#cfcfcf' },
            {
              x: cane.at,
              y: 594,
              height: 134,
              facing: -1,
              lean: 9,
              stride: 0.6,
              step: cane.sinceS * pace * 0.7,
              nearArm: 24,
            },
          ) + `<path d="M${n(cane.at - 26)},538 L${n(cane.at - 32 - tap)},594" stroke="#5d4027" stroke-width="5"/>`,
      });
    }
    return byDepth(things);
  },
};

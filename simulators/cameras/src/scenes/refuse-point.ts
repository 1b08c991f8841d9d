import { n, times } from '../parts/draw.ts';
import { bush, tree } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { bin, building, sign } from '../parts/town.ts';
import { lorry } from '../parts/vehicles.ts';
import { byDepth, ease, held, pass } from './motion.ts';
import type { Scene } from './scene.ts';

const back = `<rect width="1280" height="320" fill="url(#sky)"/>${building(-30, 340, 520, 240, '#d9cdb9', 3, 7)}${building(820, 340, 500, 210, '#cdc5b6', 3, 6)}${tree(640, 360, 210, '#577a3f', 5)}${bush(560, 362, 150)}${bush(760, 362, 160)}
<rect y="340" width="1280" height="380" fill="#aaa598"/><rect y="340" width="1280" height="380" filter="url(#stony)"/>
<path d="M250,470 V250 M1030,470 V250" stroke="#5f6a70" stroke-width="12"/><path d="M220,256 L250,216 H1030 L1060,256z" fill="#3e7a55"/><rect x="256" y="256" width="768" height="120" fill="#e7e9e2"/>${sign(640, 250, '幸福小区生活垃圾分类投放点', 26, '#fff')}${times(4, (i) => `<rect x="${290 + i * 186}" y="276" width="130" height="84" fill="${['#2f6fb3', '#3a8a4d', '#b3372c', '#6c7075'][i]}"/>`)}${sign(355, 328, '可回收物', 24)}${sign(541, 328, '厨余垃圾', 24)}${sign(727, 328, '有害垃圾', 24)}${sign(913, 328, '其他垃圾', 24)}
<rect y="600" width="1280" height="120" fill="url(#asphalt)"/><rect y="592" width="1280" height="10" fill="#d9d6cd"/>`;

/** Bins that fill, run over and are emptied by the lorry. */
export const refusePoint: Scene = {
  name: 'refuse-point',
  title: '幸福小区垃圾分类点',
  light: 0.14,
  back,
  moving(tS) {
    // Emptied while the lorry stands in front of them.
    const full = tS < 15 ? 0.3 + (tS / 15) * 0.9 : 0.3;
    const heaped = tS > 8 && tS < 15;
    const litter = times(
      heaped ? 5 : 0,
      (i) =>
        `<g transform="translate(${[1000, 1034, 836, 1064, 868][i]},${[556, 570, 562, 548, 574][i]})"><ellipse cy="-12" rx="${20 + (i % 3) * 5}" ry="${15 + (i % 2) * 4}" fill="${['#2c2d30', '#e8e6df', '#3d6f9e', '#2c2d30', '#d9b24a'][i]}"/><path d="M-4,-26 l4,-8 l5,8z" fill="#555"/></g>`,
    );
    const things: { y: number; svg: string }[] = [
      {
        y: 540,
        svg:
          bin(355, 545, 118, '#2f6fb3', '可回收', full * 0.7) +
          bin(541, 545, 118, '#3a8a4d', '厨余', full) +
          bin(727, 545, 118, '#b3372c', '有害', 0.2) +
          bin(913, 545, 118, '#5d6166', '其他', full),
      },
      { y: 560, svg: litter },
    ];
    const throwers = [
      { startS: 1, stop: 480, coat: '#c2573f', legs: '#303b55' },
      { startS: 6, stop: 856, coat: '#4f7f8a', legs: '#3b3a40' },
    ];
    for (const { startS, stop, ...look } of throwers) {
      const at = tS - startS;
      if (at < 0 || at > 9) continue;
      const going = at < 4 ? -60 + (stop + 60) * (at / 4) : at < 5.4 ? stop : stop - (stop + 90) * ((at - 5.4) / 3.6);
      const walking = at < 4 || at >= 5.4;
      const bagX = going + 22;
      const bag =
        at < 4.7
          ? `<ellipse cx="${n(bagX)}" cy="${n(520 - ease((at - 4) / 0.7) * 60)}" rx="15" ry="19" fill="#2d2e31"/>`
          : '';
      things.push({
        y: 580,
        svg:
          person(look, {
            x: going,
            y: 582,
            height: 142,
            facing: at < 5.4 ? 1 : -1,
            step: at * pace,
            stride: walking ? 1 : 0,
            nearArm: held(at, 3.8, 5.2, 0.4) * 80,
          }) + bag,
      });
    }
    const sweep = Math.sin((2 * Math.PI * 12 * tS) / 20);
    const sweeper = pass(tS, { startS: 9, lastsS: 10, from: 1340, to: 1060 });
    if (sweeper)
      things.push({
        y: 590,
        svg:
          person(
            { coat: '#e8792b', legs: '#3a4a56', vest: '#ef8f3a', hat: 'straw' },
            {
              x: sweeper.at,
              y: 592,
              height: 140,
              facing: -1,
              stride: 0.3,
              step: sweeper.sinceS * pace * 0.5,
              nearArm: 34 + sweep * 14,
            },
          ) +
          `<path d="M${n(sweeper.at - 18)},512 L${n(sweeper.at - 60 - sweep * 22)},584" stroke="#8a6a3a" stroke-width="5"/><path d="M${n(sweeper.at - 60 - sweep * 22)},572 l-24,18 l36,4z" fill="#b9a04f"/>`,
      });
    const stop = tS < 14 ? -300 + 960 * ease((tS - 11.5) / 2.5) : tS < 17 ? 660 : 660 + 1000 * ease((tS - 17) / 2.8);
    if (tS > 11.5 && stop < 1600)
      things.push({ y: 690, svg: lorry('#3a8a4d', '#dfe3de', { x: stop, y: 694, length: 430, rolled: stop }) });
    return byDepth(things);
  },
};

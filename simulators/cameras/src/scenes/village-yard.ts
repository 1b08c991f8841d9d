import { times } from '../parts/draw.ts';
import { dog, tree } from '../parts/nature.ts';
import { pace, person, seated } from '../parts/person.ts';
import { bench, building, flag, sign } from '../parts/town.ts';
import { car } from '../parts/vehicles.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const notices = times(
  8,
  (i) =>
    `<rect x="${936 + (i % 4) * 62}" y="${356 + Math.floor(i / 4) * 48}" width="52" height="40" fill="${['#f7f3e4', '#eef6f8', '#fdeee6', '#f4f7e6'][i % 4]}"/><path d="M${942 + (i % 4) * 62},${366 + Math.floor(i / 4) * 48} h40 m-40,9 h34 m-34,9 h38" stroke="#8a8f92" stroke-width="2"/>`,
);
const back = `<rect width="1280" height="360" fill="url(#sky)"/>${tree(60, 400, 260, '#577b3f', 2)}${building(190, 420, 620, 270, '#ebe3d3', 2, 6)}<rect x="440" y="300" width="120" height="122" fill="#5d3d2a"/><rect x="452" y="312" width="46" height="110" fill="url(#glass)"/><rect x="502" y="312" width="46" height="110" fill="url(#glass)"/>
${sign(500, 288, '演示村村民委员会', 30, '#fff', '#a52a22')}<rect x="404" y="300" width="26" height="116" fill="#f3efe6"/><rect x="570" y="300" width="26" height="116" fill="#f3efe6"/>
<rect x="920" y="310" width="276" height="150" fill="#6b7d88"/>${notices}${sign(1058, 342, '村务公开栏', 22, '#fff', '#2f5d93')}<path d="M934,460 v36 M1182,460 v36" stroke="#55616a" stroke-width="10"/>
<rect y="420" width="1280" height="300" fill="#b3aea2"/><rect y="420" width="1280" height="300" filter="url(#stony)"/><rect x="920" y="310" width="276" height="150" fill="none" stroke="#4b5962" stroke-width="8"/>${tree(1240, 480, 240, '#5d8246', 7)}${bench(760, 500, 130)}${car('#c9ccd0', { x: 240, y: 510, length: 280 })}`;

/** The yard of a village committee: the notice board is read, old people sit, a dog crosses. */
export const villageYard: Scene = {
  name: 'village-yard',
  title: '演示村村委会',
  light: 0.2,
  back,
  moving(tS) {
    const things = [
      {
        y: 500,
        svg: seated(
          { coat: '#5a6572', legs: '#3b3f45', hair: '#a9a9a9' },
          { x: 740, y: 500, height: 128, nearArm: 10 + swing(tS, 4) * 12 },
        ),
      },
      {
        y: 501,
        svg: seated(
          { coat: '#8a4f45', legs: '#403a42', hair: '#8f8f8f' },
          { x: 800, y: 501, height: 122, facing: -1, nearArm: swing(tS, 3, 1) * 14 },
        ),
      },
      {
        y: 530,
        svg: person(
          { coat: '#3f6f9c', legs: '#2e3442' },
          { x: 1010, y: 540, height: 140, stride: 0, nearArm: 40 + swing(tS, 2) * 36 },
        ),
      },
      {
        y: 532,
        svg: person(
          { coat: '#b86a3a', legs: '#3c3c40' },
          { x: 1110, y: 544, height: 136, stride: 0, facing: -1, nearArm: 12 },
        ),
      },
    ];
    const cadre = pass(tS, { startS: 1, lastsS: 13, from: 500, to: 1340 });
    if (cadre)
      things.push({
        y: 600,
        svg: person(
          { coat: '#c43a30', legs: '#2b2f3a', vest: '#d8452f' },
          {
            x: cadre.at,
            y: 440 + Math.min(1, cadre.done * 2.4) * 170,
            height: 118 + Math.min(1, cadre.done * 2.4) * 34,
            step: cadre.sinceS * pace,
          },
        ),
      });
    const woman = pass(tS, { startS: 8, lastsS: 16, from: -50, to: 1330 });
    if (woman)
      things.push({
        y: 670,
        svg: person(
          { coat: '#8c5a9e', legs: '#34405a', bag: '#c9a23a' },
          { x: woman.at, y: 674, height: 158, step: woman.sinceS * pace },
        ),
      });
    const trot = pass(tS, { startS: 5, lastsS: 9, from: 1330, to: -60 });
    if (trot) things.push({ y: 640, svg: dog(trot.at, 640, 62, tS * 9, -1) });
    return flag(860, 440, 280, (2 * Math.PI * 15 * tS) / 20) + byDepth(things);
  },
};

import { n, times } from '../parts/draw.ts';
import { pace, person } from '../parts/person.ts';
import { sign } from '../parts/town.ts';
import { lorry } from '../parts/vehicles.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const floors = times(
  5,
  (i) =>
    `<rect x="160" y="${96 + i * 58}" width="420" height="12" fill="#9c978c"/>${times(7, (c) => `<rect x="${166 + c * 66}" y="${106 + i * 58}" width="12" height="50" fill="#aaa59a"/>`)}`,
);
const scaffold =
  times(9, (i) => `<path d="M${150 + i * 55},380 V80" stroke="#5f7f6a" stroke-width="4"/>`) +
  times(6, (i) => `<path d="M150,${100 + i * 52} H590" stroke="#5f7f6a" stroke-width="4"/>`);
const back = `<rect width="1280" height="420" fill="url(#haze)"/>${floors}${scaffold}<rect x="150" y="80" width="440" height="300" fill="#4f9a6b" opacity=".16"/>
<path d="M880,420 V70 M916,420 V70 ${times(11, (i) => `M880,${90 + i * 30} l36,30 M916,${90 + i * 30} l-36,30 `)}" stroke="#d6a52b" stroke-width="6" fill="none"/>
<rect y="330" width="520" height="150" fill="#2f6fa5"/><rect x="800" y="330" width="480" height="150" fill="#2f6fa5"/>${times(22, (i) => `<path d="M${i * 62},330 V480" stroke="#265a87" stroke-width="3"/>`)}<rect x="520" y="330" width="280" height="150" fill="#b7ad98"/>
<rect x="500" y="250" width="34" height="232" fill="#c9c4b6"/><rect x="786" y="250" width="34" height="232" fill="#c9c4b6"/><rect x="486" y="222" width="348" height="50" fill="#1f4f86"/>${sign(660, 258, '镇卫生院扩建工程', 30, '#fff')}${sign(240, 420, '进入工地 必须戴安全帽', 30, '#fff', '#c8901d')}${sign(1050, 420, '安全第一 预防为主', 32, '#fff', '#b3261e')}
<rect y="476" width="1280" height="244" fill="url(#soil)"/><rect y="476" width="1280" height="244" filter="url(#stony)"/><path d="M0,590 Q640,560 1280,600 V660 Q640,630 0,664z" fill="#8d7555" opacity=".6"/>`;

/** The gate of a building site: helmets of three colours, one worker without, a crane that swings its load. */
export const constructionGate: Scene = {
  name: 'construction-gate',
  title: '卫生院工地大门',
  light: 0.15,
  back,
  moving(tS) {
    const reach = 230 + swing(tS, 1) * 130;
    const drop = 130 + swing(tS, 2, 1) * 70;
    const crane = `<path d="M640,86 H1270 M898,40 L1270,86 M898,40 L690,86" stroke="#d6a52b" stroke-width="7" fill="none"/><rect x="876" y="76" width="46" height="34" fill="#b3372c"/><rect x="640" y="84" width="56" height="34" fill="#777"/><path d="M${n(900 + reach)},90 v${n(drop)}" stroke="#333" stroke-width="3"/><rect x="${n(900 + reach - 34)}" y="${n(90 + drop)}" width="68" height="26" fill="#8a6a44"/>`;
    const things: { y: number; svg: string }[] = [];
    const team = [
      {
        startS: 0,
        lastsS: 13,
        from: -60,
        to: 1340,
        y: 600,
        coat: '#3f5f8f',
        legs: '#39424f',
        vest: '#e8792b',
        hat: 'helmet',
        hatColour: '#f2c230',
      },
      {
        startS: 1.2,
        lastsS: 13,
        from: -60,
        to: 1340,
        y: 608,
        coat: '#4d6b55',
        legs: '#3a3d40',
        vest: '#e8792b',
        hat: 'helmet',
        hatColour: '#f2c230',
      },
      {
        startS: 7,
        lastsS: 15,
        from: 1340,
        to: -60,
        y: 664,
        coat: '#2f4a78',
        legs: '#30343c',
        hat: 'helmet',
        hatColour: '#f4f4f4',
      },
      { startS: 11, lastsS: 14, from: 1340, to: -60, y: 640, coat: '#7a5a48', legs: '#45403a' },
    ] as const;
    for (const { startS, lastsS, from, to, y, ...look } of team) {
      const way = pass(tS, { startS, lastsS, from, to });
      if (way)
        things.push({
          y,
          svg: person(look, {
            x: way.at,
            y,
            height: 118 + (y - 560) * 0.4,
            facing: way.facing,
            step: way.sinceS * pace,
          }),
        });
    }
    things.push({
      y: 520,
      svg: person(
        { coat: '#2a3346', legs: '#22272f', vest: '#d5e04a', hat: 'helmet', hatColour: '#2b6cb0' },
        { x: 850, y: 524, height: 118, stride: 0, facing: -1, nearArm: 30 + Math.max(0, swing(tS, 4)) * 70 },
      ),
    });
    const truck = pass(tS, { startS: 13, lastsS: 9, from: -260, to: 1540 });
    if (truck)
      things.push({ y: 708, svg: lorry('#c77a22', '#8c8f92', { x: truck.at, y: 710, length: 420, rolled: truck.at }) });
    return crane + byDepth(things);
  },
};

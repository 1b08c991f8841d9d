import { n } from '../parts/draw.ts';
import { bird, hills, ripples, tree } from '../parts/nature.ts';
import { pace, person } from '../parts/person.ts';
import { depthGauge, railing, sign } from '../parts/town.ts';
import { boat } from '../parts/vehicles.ts';
import { byDepth, pass, swing } from './motion.ts';
import { loopS, type Scene } from './scene.ts';

const back = `<rect width="1280" height="300" fill="url(#sky)"/>${hills(300, 170, ['#93a9a2', '#76917e', '#5d7d60'])}
<rect y="280" width="1280" height="440" fill="url(#water)"/>
<path d="M0,280 h1280 v10 q-600,22 -1280,0z" fill="#3d5a48" opacity=".5"/>
<path d="M0,720 V560 Q420,520 760,600 T1280,610 V720z" fill="#b9b1a0"/><path d="M0,720 V560 Q420,520 760,600 T1280,610 V720z" filter="url(#stony)"/>
<path d="M0,560 Q420,520 760,600 T1280,610" stroke="#8d8677" stroke-width="9" fill="none"/>
<path d="M0,640 Q460,600 800,668 T1280,676 V720 H0z" fill="url(#paving)"/>
${tree(1180, 330, 120, '#5a7a45', 4)}${tree(1250, 340, 150, '#50703f', 8)}${tree(60, 320, 110, '#5f8049', 2)}
<g transform="translate(990,640)"><path d="M-4,0 v-130 h8 v130z" fill="#777"/></g>${sign(990, 520, '水深危险 禁止游泳', 22, '#fff', '#b3261e')}${railing(0, 640, 300, 46, '#c9cfd0')}`;

/** A reservoir with its bank, a gauge, an angler and a boat. */
export const reservoir: Scene = {
  name: 'reservoir',
  title: '一号水库东岸',
  light: 0.2,
  back,
  moving(tS) {
    const row = pass(tS, { startS: 1, lastsS: 18, from: -160, to: 1430 });
    const walk = pass(tS, { startS: 4, lastsS: 15, from: 1340, to: -60 });
    const heron = pass(tS, { startS: 9, lastsS: 7, from: 1320, to: -40 });
    const level = swing(tS, 1) * 3;
    const bite = Math.max(0, swing(tS, 3)) ** 6;
    const angler = person(
      { coat: '#3d6a8f', legs: '#40453c', hat: 'straw' },
      { x: 330, y: 640, height: 138, stride: 0, nearArm: 62 + bite * 22 },
    );
    const rod = `<path d="M362,556 Q440,${n(480 - bite * 30)} 520,${n(466 - bite * 40)}" stroke="#3c2f22" stroke-width="3" fill="none"/><path d="M520,${n(466 - bite * 40)} L536,${n(548 + level)}" stroke="#eee" stroke-opacity=".6"/><circle cx="536" cy="${n(550 + level + bite * 6)}" r="4" fill="#e33"/>`;
    return [
      `<g transform="translate(0,${n(level)})">${ripples(300, 590, tS, loopS)}</g>`,
      row ? boat(row.at, 420 + level, 230, swing(tS, 9)) : '',
      depthGauge(700, 618, 170),
      `<ellipse cx="700" cy="${n(600 + level)}" rx="34" ry="5" fill="#eaf6f7" opacity=".4"/>`,
      heron ? bird(heron.at, 190 + swing(tS, 5) * 14, 46, swing(tS, 24), '#e9edef') : '',
      byDepth([
        { y: 640, svg: angler + rod },
        ...(walk
          ? [
              {
                y: 690,
                svg: person(
                  { coat: '#c2453c', legs: '#33405a' },
                  { x: walk.at, y: 690, height: 152, facing: walk.facing, step: walk.sinceS * pace },
                ),
              },
            ]
          : []),
      ]),
    ].join('');
  },
};

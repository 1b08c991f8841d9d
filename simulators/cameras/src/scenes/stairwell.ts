import { n, times } from '../parts/draw.ts';
import { pace, person } from '../parts/person.ts';
import { sign } from '../parts/town.ts';
import { scooter } from '../parts/vehicles.ts';
import { byDepth, pass, swing } from './motion.ts';
import type { Scene } from './scene.ts';

const steps = times(
  9,
  (i) =>
    `<path d="M${760 + i * 52},${560 - i * 44} h52 v44 h-52z" fill="#a7a39a"/><path d="M${760 + i * 52},${560 - i * 44} h52 v9 h-52z" fill="#cfcbc0"/><path d="M${812 + i * 52},${560 - i * 44} v44 H1280 V720 h-600z" fill="#8d897f" opacity=".12"/>`,
);
const rail = `<path d="M748,470 L1228,64" stroke="#7a4d2f" stroke-width="13"/>${times(10, (i) => `<path d="M${760 + i * 52},${558 - i * 44} v-98" stroke="#54585b" stroke-width="5"/>`)}`;

const back = `<rect width="1280" height="720" fill="#cfcabd"/><rect width="1280" height="430" fill="#e2ddcf"/><rect y="300" width="1280" height="270" fill="#9fb6a4"/><rect width="1280" height="720" fill="url(#sheen)" opacity=".35"/>
<path d="M0,570 H1280 V720 H0z" fill="#9b978d"/><path d="M0,570 H1280 V720 H0z" filter="url(#stony)"/>${times(14, (i) => `<path d="M${i * 110 - 60},720 L${i * 92 + 20},570" stroke="#77736a" stroke-opacity=".5" stroke-width="2"/>`)}
<rect x="90" y="210" width="190" height="362" fill="#7d3f2c" stroke="#5c2d1f" stroke-width="8"/><rect x="112" y="232" width="146" height="140" fill="#8d4a35"/><rect x="112" y="396" width="146" height="150" fill="#8d4a35"/><circle cx="250" cy="396" r="8" fill="#d6b25a"/>${sign(185, 198, '101', 30, '#333')}
<path d="M134,214 v60 l50,-14 50,14 v-60z" fill="#c8281f"/><text x="184" y="252" font-size="26" text-anchor="middle" fill="#f6d56a">福</text>
<rect x="430" y="230" width="150" height="120" fill="#c3c7c6" stroke="#888" stroke-width="4"/>${times(6, (i) => `<rect x="${440 + (i % 3) * 47}" y="${240 + Math.floor(i / 3) * 54}" width="40" height="46" fill="#eef0ee" stroke="#999"/><circle cx="${460 + (i % 3) * 47}" cy="${258 + Math.floor(i / 3) * 54}" r="11" fill="#dfe5e3" stroke="#666"/>`)}
<path d="M600,90 h74 v90 h-74z" fill="url(#glass)" stroke="#f2f0ea" stroke-width="7"/>${sign(505, 205, '禁止楼道充电', 24, '#fff', '#b3261e')}${sign(690, 395, '1F', 34, '#2c6b4a')}
<rect x="330" y="470" width="62" height="100" fill="#c8342b"/><rect x="338" y="480" width="46" height="40" fill="#f5efe6"/><text x="361" y="550" font-size="17" fill="#fff" text-anchor="middle">灭火器</text>
<path d="M700,720 V604 H1280 V720z" fill="#8b877d"/>${steps}`;

/** The ground floor of stairs; somebody goes up, an electric bicycle is charged where it must not be. */
export const stairwell: Scene = {
  name: 'stairwell',
  title: '幸福小区3栋1单元',
  light: 0,
  back,
  moving(tS) {
    const things: { y: number; svg: string }[] = [
      {
        y: 632,
        svg: `<path d="M470,350 q30,150 -6,208" stroke="#1c1c1c" stroke-width="5" fill="none"/>${scooter('#2d4f86', { x: 500, y: 640, length: 210 })}`,
      },
    ];
    const lamp = 0.75 + 0.25 * Math.max(0, swing(tS, 40));
    const up = pass(tS, { startS: 1, lastsS: 10, from: -50, to: 1290 });
    if (up) {
      const climb = Math.max(0, up.at - 740) * 0.84;
      things.push({
        y: climb > 0 ? 560 : 690,
        svg: person(
          { coat: '#3d6d9b', legs: '#2d3036', bag: '#7b5a34' },
          {
            x: up.at,
            y: 690 - Math.min(60, Math.max(0, up.at - 500) * 0.25) - climb,
            height: 168 - climb * 0.06,
            step: up.sinceS * pace,
            lean: climb > 0 ? 6 : 0,
          },
        ),
      });
    }
    const down = pass(tS, { startS: 11, lastsS: 9, from: 1290, to: -60 });
    if (down) {
      const climb = Math.max(0, down.at - 740) * 0.84;
      things.push({
        y: climb > 0 ? 561 : 700,
        svg: person(
          { coat: '#b5523f', legs: '#4a3c58', skirt: true },
          {
            x: down.at,
            y: 700 - Math.min(70, Math.max(0, down.at - 500) * 0.29) - climb,
            height: 160 - climb * 0.06,
            facing: -1,
            step: down.sinceS * pace,
          },
        ),
      });
    }
    const light = `<ellipse cx="400" cy="20" rx="70" ry="16" fill="#fffbe0"/><ellipse cx="400" cy="60" rx="420" ry="260" fill="#fff6cf" opacity="${n(lamp * 2) === '2' ? '.13' : (lamp * 0.13).toFixed(3)}"/>`;
    return light + byDepth(things) + rail;
  },
};

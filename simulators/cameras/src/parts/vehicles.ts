/** What rolls, seen from the side and facing right; wheels stand at the point. */
import { n, place, shade, shadow } from './draw.ts';
import { person, seated, type Look } from './person.ts';

export interface Drive {
  readonly x: number;
  /** Of the wheels' lowest point. */
  readonly y: number;
  /** Pixels from bumper to bumper. */
  readonly length: number;
  readonly facing?: 1 | -1;
  /** Pixels rolled so far: turns the wheels. */
  readonly rolled?: number;
}

function wheel(x: number, radius: number, rolledUnits: number): string {
  const degrees = ((rolledUnits / radius) * 57.3) % 360;
  const spokes = [0, 72, 144, 216, 288]
    .map((angle) => `<path d="M0,0 V${n(-radius * 0.55)}" transform="rotate(${angle})"/>`)
    .join('');
  return `<g transform="translate(${x},${-radius})"><circle r="${radius}" fill="#17181a"/><circle r="${n(radius * 0.6)}" fill="#a9adb2"/><g transform="rotate(${n(degrees)})" stroke="#4c5055" stroke-width="${n(radius * 0.13)}">${spokes}</g><circle r="${n(radius * 0.16)}" fill="#3a3d40"/></g>`;
}

const rolledOf = (drive: Drive, units: number): number => ((drive.rolled ?? 0) * units) / drive.length;

/** A saloon, 260 units long. */
export function car(colour: string, drive: Drive): string {
  const body =
    'M-128,-26 q-2,-22 16,-25 l36,-5 q26,-28 56,-30 h38 q30,2 56,31 l40,7 q16,4 16,22 v6 q0,6 -8,6 h-242 q-8,0 -8,-6z';
  const glass = 'M-66,-55 q20,-22 44,-24 h16 v24z M2,-79 h18 q22,2 42,24 h-60z';
  const lamps =
    '<path d="M116,-46 q12,2 13,12 h-14z" fill="#fdf3c7"/><path d="M-127,-44 q9,-2 13,2 v10 h-14z" fill="#c02a22"/>';
  const trim =
    '<path d="M-2,-80 V-22 M-66,-52 q-4,16 -2,30 M62,-54 q4,18 0,32" stroke="#000" stroke-opacity=".3" stroke-width="2" fill="none"/><rect x="-24" y="-46" width="15" height="3.5" rx="1.5" fill="#d7d9db"/><rect x="40" y="-46" width="15" height="3.5" rx="1.5" fill="#d7d9db"/>';
  const rolled = rolledOf(drive, 260);
  const inner = `${shadow(140, 9)}<path d="${body}" fill="${colour}" stroke="${shade(colour, 0.6)}"/><path d="${body}" fill="url(#sheen)"/><path d="${glass}" fill="#2a3640"/><path d="M-60,-56 q20,-20 36,-22 l-18,22z" fill="#fff" opacity=".2"/>${trim}${lamps}<path d="M-130,-24 h262 v8 h-262z" fill="#2a2b2d"/>${wheel(-78, 22, rolled)}${wheel(80, 22, rolled)}`;
  return place(drive.x, drive.y, drive.length / 260, inner, drive.facing ?? 1);
}

/** A small lorry, 320 units long. */
export function lorry(colour: string, load: string, drive: Drive): string {
  const rolled = rolledOf(drive, 320);
  const box = `<path d="M-158,-36 h208 v-78 h-208z" fill="${load}"/><path d="M-158,-36 h208 v-78 h-208z" fill="url(#sheen)"/><path d="M-120,-114 v78 M-80,-114 v78 M-40,-114 v78 M0,-114 v78" stroke="#000" stroke-opacity=".25" stroke-width="3"/>`;
  const cab = `<path d="M58,-22 v-92 q0,-8 8,-8 h42 q14,2 24,36 l22,14 q6,4 6,14 v36z" fill="${colour}"/><path d="M76,-110 h32 q10,2 18,32 h-50z" fill="#2a3640"/><path d="M148,-46 h12 v12 h-12z" fill="#fdf3c7"/>`;
  const inner = `${shadow(170, 10)}<rect x="-160" y="-38" width="316" height="16" fill="#2c2d2f"/>${box}${cab}${wheel(-104, 27, rolled)}${wheel(106, 27, rolled)}`;
  return place(drive.x, drive.y, drive.length / 320, inner, drive.facing ?? 1);
}

/** A town bus, 480 units long. */
export function bus(colour: string, line: string, drive: Drive): string {
  const rolled = rolledOf(drive, 480);
  const windows = [-222, -150, -78, 40, 112].map(
    (x) => `<rect x="${x}" y="-126" width="64" height="46" rx="4" fill="url(#glass)"/>`,
  );
  const door =
    '<rect x="-8" y="-126" width="42" height="104" rx="3" fill="#3a4c58"/><path d="M13,-126 v104" stroke="#c7ced2" stroke-width="3"/><rect x="184" y="-126" width="38" height="104" rx="3" fill="#3a4c58"/>';
  const inner = `${shadow(250, 12)}<path d="M-240,-16 v-128 q0,-12 12,-12 h452 q14,0 16,14 v126z" fill="${colour}"/><path d="M-240,-16 v-128 q0,-12 12,-12 h452 q14,0 16,14 v126z" fill="url(#sheen)"/><rect x="-240" y="-66" width="480" height="14" fill="#f4f4ee"/>${windows.join('')}${door}<rect x="60" y="-152" width="120" height="22" rx="3" fill="#15181a"/><text x="120" y="-135" font-size="19" text-anchor="middle" fill="#ffb02e" font-family="sans-serif">${line}</text>${wheel(-150, 30, rolled)}${wheel(146, 30, rolled)}`;
  return place(drive.x, drive.y, drive.length / 480, inner, drive.facing ?? 1);
}

/** An electric bicycle of 160 units; empty without a rider. */
export function scooter(colour: string, drive: Drive, rider?: Look): string {
  const rolled = rolledOf(drive, 160);
  const frame = `<path d="M-52,-30 q2,-28 28,-30 h34 q12,0 16,14 h16 l12,-44 9,3 -12,46 q-3,14 -16,14 h-36 q-8,18 -34,14z" fill="${colour}"/><path d="M-52,-30 q2,-28 28,-30 h34 q12,0 16,14 h16 l12,-44 9,3 -12,46 q-3,14 -16,14 h-36 q-8,18 -34,14z" fill="url(#sheen)"/><path d="M-46,-62 q28,-12 58,0 l-3,8 h-52z" fill="#1b1b1c"/><path d="M48,-92 l24,-10 M56,-96 l-16,-8" stroke="#222" stroke-width="6" stroke-linecap="round"/><path d="M55,-88 L68,-24" stroke="#46494c" stroke-width="7"/><circle cx="64" cy="-76" r="7" fill="#fff4c8" stroke="#555"/><rect x="-66" y="-56" width="14" height="8" rx="2" fill="#c22"/>`;
  const man =
    rider === undefined
      ? ''
      : `<g transform="translate(-16,-20)">${seated(rider, { x: 0, y: 0, height: 112, facing: 1, nearArm: 16 })}</g>`;
  const inner = `${shadow(84, 7)}${wheel(-52, 23, rolled)}${wheel(68, 23, rolled)}${frame}${man}`;
  return place(drive.x, drive.y, drive.length / 160, inner, drive.facing ?? 1);
}

/** A tractor, 220 units long, with a farmer on it. */
export function tractor(drive: Drive): string {
  const rolled = rolledOf(drive, 220);
  const hood =
    '<path d="M-6,-44 v-46 h84 q18,2 20,20 v30z" fill="#c8382c"/><path d="M-6,-44 v-46 h84 q18,2 20,20 v30z" fill="url(#sheen)"/><path d="M60,-90 v-44 h7 v44z" fill="#333"/>';
  const cab =
    '<path d="M-74,-50 l8,-86 h58 l6,86z" fill="#b8ccd4" opacity=".65" stroke="#8f2a20" stroke-width="6"/><rect x="-76" y="-146" width="80" height="10" rx="4" fill="#8f2a20"/>';
  const man = person({ coat: '#3f5f8a', hat: 'straw' }, { x: -38, y: -18, height: 104, stride: 0, nearArm: 50 });
  const inner = `${shadow(120, 10)}${man}${cab}${hood}${wheel(-56, 48, rolled)}${wheel(76, 28, rolled)}`;
  return place(drive.x, drive.y, drive.length / 220, inner, drive.facing ?? 1);
}

/** A flat wooden boat with a man at the oar; the water line is at the point. 200 units. */
export function boat(x: number, y: number, length: number, rock: number, facing: 1 | -1 = 1): string {
  const man = person(
    { coat: '#c9772c', vest: '#e25f2b', hat: 'straw' },
    { x: -30, y: -8, height: 84, stride: 0, nearArm: 40 + rock * 14 },
  );
  const oar = `<path d="M-18,-62 L${n(34 + rock * 16)},16" stroke="#7b5a36" stroke-width="4"/>`;
  const hull =
    '<path d="M-100,-20 q100,18 200,-4 q-14,26 -46,30 h-110 q-34,-4 -44,-26z" fill="#6d4a2b"/><path d="M-100,-20 q100,18 200,-4 l-4,7 q-96,20 -190,4z" fill="#94683f"/>';
  const wake =
    '<path d="M-150,10 q70,-8 140,0 t150,-2" stroke="#dfeef0" stroke-opacity=".5" stroke-width="3" fill="none"/>';
  return place(x, y, length / 200, `<g transform="rotate(${n(rock * 1.6)})">${man}${oar}${hull}</g>${wake}`, facing);
}

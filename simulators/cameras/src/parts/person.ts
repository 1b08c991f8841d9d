/** People, seen from the side or from the front; feet stand at the point. */
import { n, place, shade, shadow } from './draw.ts';

export interface Look {
  readonly coat: string;
  readonly legs?: string;
  readonly hair?: string;
  readonly hat?: 'helmet' | 'straw' | 'cap';
  readonly hatColour?: string;
  readonly vest?: string;
  readonly bag?: string;
  readonly skirt?: boolean;
}

export interface Pose {
  readonly x: number;
  /** Of the feet. */
  readonly y: number;
  /** Pixels from feet to crown. */
  readonly height: number;
  readonly facing?: 1 | -1;
  /** Angle of the step, radians; 0 stands. */
  readonly step?: number;
  /** How far arms and legs swing; 1 walks, 0 stands. */
  readonly stride?: number;
  /** Degrees by which the arms are lifted: both, or the near one alone. */
  readonly arms?: number;
  readonly nearArm?: number;
  /** Degrees of leaning forward. */
  readonly lean?: number;
}

/** Steps a second times 2π: a walker at the usual pace. */
export const pace = 2 * Math.PI * 0.95;

/** Somebody of 100 units, at the point scaled to the height. */
export function person(look: Look, pose: Pose): string {
  const { step = 0, stride = 1, arms = 0, nearArm, lean = 0, facing = 1 } = pose;
  const swing = Math.sin(step) * stride;
  const legs = look.legs ?? '#2f3d57';
  const bob = Math.abs(Math.cos(step)) * stride * 1.2;
  const far = leg(-swing, Math.cos(step) * -stride, shade(legs, 0.72));
  const near = leg(swing, Math.cos(step) * stride, legs);
  const farArm = arm(swing * 24 - arms, shade(look.coat, 0.7));
  const ownArm = arm(-swing * 24 - (nearArm ?? arms), look.coat);
  const upper = `<g transform="rotate(${n(lean)} 0 -48)">${farArm}${bag(look)}${torso(look)}${head(look)}${ownArm}</g>`;
  const body = `<g transform="translate(0,${n(-bob)})">${far}${near}${upper}</g>`;
  return place(pose.x, pose.y, pose.height / 100, shadow(17, 3.4, 4) + body, facing);
}

/** A child: the head is larger in proportion, and there is a satchel unless told otherwise. */
export function child(look: Look, pose: Pose): string {
  return person({ bag: '#d6453d', ...look }, { ...pose, step: (pose.step ?? 0) * 1.25 });
}

function leg(swing: number, lift: number, colour: string): string {
  const bend = Math.max(0, lift) * 34;
  const shin = `<g transform="translate(0,23.5) rotate(${n(bend)})"><path d="M-4,-1 L4,-1 L3,20 L-3,20z" fill="${colour}"/><path d="M-3.4,19 h6.6 q5,1.6 5.6,4.6 h-12.2z" fill="#23211f"/></g>`;
  return `<g transform="translate(0,-47) rotate(${n(-swing * 25)})"><path d="M-6,-2 L6,-2 L4.2,25 L-4.2,25z" fill="${colour}"/><path d="M-6,-2 L6,-2 L4.2,25 L-4.2,25z" fill="url(#round)"/>${shin}</g>`;
}

function arm(degrees: number, colour: string): string {
  const lower = `<g transform="translate(0,16) rotate(${n(-10 - Math.min(40, Math.abs(degrees) * 0.3))})"><path d="M-2.8,-1 L2.8,-1 L2.2,13 L-2.2,13z" fill="${shade(colour, 0.94)}"/><circle cy="15" r="2.9" fill="url(#skin)"/></g>`;
  return `<g transform="translate(0,-80) rotate(${n(degrees)})"><path d="M-3.8,-1 q3.8,-3.4 7.6,0 L3,17 L-3,17z" fill="${colour}"/>${lower}</g>`;
}

function torso({ coat, vest, skirt, legs }: Look): string {
  const outline = 'M-9.5,-81 q9.5,-5.5 19,0 q2.4,15 .4,34 q-9.6,3.2 -19.8,0 q-2,-19 .4,-34z';
  const over =
    vest === undefined
      ? ''
      : `<path d="M-9.5,-80 q9.5,-4 19,0 l.6,26 h-20z" fill="${vest}"/><path d="M-9.6,-66 h19.4 M-9.8,-58 h19.8" stroke="#eef3d8" stroke-width="2.2"/>`;
  const below = skirt === true ? `<path d="M-9.6,-50 h19.4 l4,24 q-13,4 -27,0z" fill="${legs ?? '#5a3f6b'}"/>` : '';
  return `${below}<path d="${outline}" fill="${coat}"/>${over}<path d="${outline}" fill="url(#round)"/>`;
}

function head({ hair = '#1d1815', hat, hatColour }: Look): string {
  const face = `<rect x="-3" y="-88" width="6" height="8" fill="#c49472"/><ellipse cx=".8" cy="-92" rx="6.4" ry="7.8" fill="url(#skin)"/>`;
  const hairs = `<path d="M-6,-90 q-2.4,-11 6,-11 q7.4,0 7.4,6.4 q-5,-3 -8,-1.4 q-1.6,3 -2,7.4z" fill="${hair}"/>`;
  return face + hairs + hatOf(hat, hatColour);
}

function hatOf(hat: Look['hat'], colour = '#f2c230'): string {
  if (hat === 'helmet')
    return `<path d="M-7.6,-95 q0,-9 8.4,-9 q8.4,0 8.4,9 l3,1.4 h-20z" fill="${colour}"/><path d="M-7.6,-95 q0,-9 8.4,-9 q8.4,0 8.4,9z" fill="url(#sheen)"/>`;
  if (hat === 'straw')
    return `<ellipse cx=".8" cy="-96" rx="14" ry="3.4" fill="#d8bd7c"/><path d="M-7,-96 q1,-9 8,-9 q7,0 7.6,9z" fill="#e4cc90"/>`;
  if (hat === 'cap') return `<path d="M-6.6,-95 q0,-7.6 7.2,-7.6 q7,0 7,7 l6,1.6 h-19z" fill="${colour}"/>`;
  return '';
}

function bag({ bag: colour }: Look): string {
  if (colour === undefined) return '';
  return `<rect x="-16" y="-79" width="10" height="22" rx="3" fill="${colour}"/><rect x="-15" y="-69" width="7" height="9" rx="2" fill="${shade(colour, 0.75)}"/>`;
}

/** Somebody on a bench or chair; the seat is at the point, legs hang before it. */
export function seated(look: Look, pose: Pick<Pose, 'x' | 'y' | 'height' | 'facing' | 'nearArm'>): string {
  const legs = look.legs ?? '#3b4252';
  const thigh = `<path d="M-6,-52 h20 q5,1 5,8 h-24z" fill="${legs}"/><path d="M12,-46 h8 l1,34 h-8z" fill="${shade(legs, 0.85)}"/><path d="M12,-13 h9 q5,2 5,5 h-14z" fill="#23211f"/>`;
  const upper = `<g transform="translate(0,3)">${torso(look)}${head(look)}${arm(-38 - (pose.nearArm ?? 0), look.coat)}</g>`;
  return place(pose.x, pose.y, pose.height / 100, thigh + upper, pose.facing ?? 1);
}

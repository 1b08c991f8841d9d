/** All scenes of the demo town. */
import { busStop } from './bus-stop.ts';
import { carPark } from './car-park.ts';
import { constructionGate } from './construction-gate.ts';
import { crossroads } from './crossroads.ts';
import { farmland } from './farmland.ts';
import { forestEdge } from './forest-edge.ts';
import { market } from './market.ts';
import { nursingHome } from './nursing-home.ts';
import { refusePoint } from './refuse-point.ts';
import { reservoir } from './reservoir.ts';
import { riverBridge } from './river-bridge.ts';
import type { Scene } from './scene.ts';
import { schoolGate } from './school-gate.ts';
import { square } from './square.ts';
import { stairwell } from './stairwell.ts';
import { street } from './street.ts';
import { villageYard } from './village-yard.ts';

export const scenes: readonly Scene[] = [
  reservoir,
  street,
  square,
  schoolGate,
  stairwell,
  farmland,
  riverBridge,
  market,
  villageYard,
  crossroads,
  carPark,
  busStop,
  forestEdge,
  constructionGate,
  refusePoint,
  nursingHome,
];

/**
 * The demo town's categories: the six kinds that S2 counts, second level after the cases of S22.
 * Towns bring their own; code tables differ by province.
 */
import type { Severity } from '../states.ts';

export interface DemoCategory {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Code of the department that owns it; null: the grid team itself. */
  readonly department: string | null;
  readonly severity: Severity;
  readonly limitMin: number;
  readonly public: boolean;
  readonly proof: boolean;
  /** Taken with the app's camera: that somebody was there is the whole point. */
  readonly proofInApp: boolean;
}
export interface DemoHeading {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly children: readonly DemoCategory[];
}

const hour = 60;
const day = 24 * hour;
const provedInApp: ReadonlySet<string> = new Set(['hazard.forest-fire', 'publicity.water']);
type Line = readonly [string, string, string, string | null, Severity, number, boolean, boolean];
const under = (lines: readonly Line[]): DemoCategory[] =>
  lines.map(([code, zh, en, department, severity, limitMin, isPublic, proof]) => ({
    code,
    zh,
    en,
    department,
    severity,
    limitMin,
    public: isPublic,
    proof,
    proofInApp: provedInApp.has(code),
  }));

export const demoCategories: readonly DemoHeading[] = [
  {
    code: 'patrol',
    zh: '巡查管理',
    en: 'Patrol management',
    children: under([
      ['patrol.facility', '公共设施损坏', 'Damaged public facility', 'gjb', 'ordinary', 3 * day, true, true],
      ['patrol.lamp', '路灯故障', 'Street lamp out', 'gds', 'ordinary', 2 * day, true, true],
      ['patrol.road', '道路破损', 'Damaged road', 'gjb', 'ordinary', 5 * day, true, true],
      ['patrol.parking', '车辆乱停', 'Wrongly parked vehicle', 'cgd', 'ordinary', 4 * hour, true, false],
      ['patrol.stall', '占道经营', 'Street stall in the way', 'cgd', 'ordinary', 8 * hour, true, false],
      ['patrol.river', '河道巡查', 'River inspection', 'slz', 'ordinary', 2 * day, true, true],
      ['patrol.visit', '重点人员走访', 'Visit to persons of concern', null, 'ordinary', 3 * day, false, false],
    ]),
  },
  {
    code: 'hazard',
    zh: '安全隐患',
    en: 'Hazards',
    children: under([
      ['hazard.fire-lane', '消防通道占用', 'Blocked fire lane', 'yjb', 'urgent', 4 * hour, true, true],
      ['hazard.ebike', '电动车楼道充电', 'E-bike charging in a stairwell', 'yjb', 'urgent', 4 * hour, true, true],
      ['hazard.water', '临水安全隐患', 'Danger at the waterside', 'slz', 'urgent', 2 * hour, true, true],
      ['hazard.electric', '用电隐患', 'Electrical hazard', 'gds', 'urgent', 8 * hour, true, true],
      ['hazard.building', '危房险情', 'Unsafe building', 'gjb', 'emergency', 2 * hour, true, true],
      ['hazard.forest-fire', '森林防火', 'Forest fire risk', 'yjb', 'emergency', 2 * hour, true, true],
    ]),
  },
  {
    code: 'service',
    zh: '便民服务',
    en: 'Services',
    children: under([
      ['service.elderly', '老人帮扶', 'Help for the elderly', 'mzb', 'ordinary', 2 * day, true, false],
      ['service.errand', '代办事项', 'Errand done for a resident', null, 'ordinary', 3 * day, true, false],
      ['service.repair', '维修求助', 'Repair request', 'gjb', 'ordinary', 2 * day, true, false],
      ['service.medical', '就医协助', 'Help to see a doctor', 'wsy', 'urgent', 8 * hour, true, false],
      ['service.enquiry', '政策咨询', 'Question about policy', 'mzb', 'ordinary', 3 * day, true, false],
    ]),
  },
  {
    code: 'publicity',
    zh: '政策宣传',
    en: 'Publicity',
    children: under([
      ['publicity.fraud', '反诈宣传', 'Fraud prevention', 'pcs', 'ordinary', 5 * day, false, true],
      ['publicity.fire', '防火宣传', 'Fire prevention', 'yjb', 'ordinary', 5 * day, false, true],
      ['publicity.water', '防溺水宣传', 'Drowning prevention', 'slz', 'ordinary', 5 * day, false, true],
      ['publicity.policy', '惠民政策宣传', 'Benefits explained', 'xcb', 'ordinary', 7 * day, false, true],
    ]),
  },
  {
    code: 'environment',
    zh: '环境卫生',
    en: 'Environment',
    children: under([
      ['environment.rubbish', '垃圾堆积', 'Piled-up rubbish', 'hws', 'ordinary', day, true, true],
      ['environment.sewage', '污水外溢', 'Sewage overflow', 'hws', 'urgent', 8 * hour, true, true],
      ['environment.burning', '秸秆焚烧', 'Straw burning', 'nyb', 'urgent', 2 * hour, true, true],
      ['environment.noise', '噪音扰民', 'Noise', 'cgd', 'ordinary', day, true, false],
      ['environment.toilet', '公厕保洁', 'Public toilet cleaning', 'hws', 'ordinary', day, true, true],
    ]),
  },
  {
    code: 'dispute',
    zh: '矛盾纠纷',
    en: 'Disputes',
    children: under([
      ['dispute.neighbour', '邻里纠纷', 'Neighbours', null, 'ordinary', 7 * day, true, false],
      ['dispute.family', '家庭纠纷', 'Family', 'sfs', 'ordinary', 7 * day, false, false],
      ['dispute.land', '土地山林纠纷', 'Land and forest', 'nyb', 'ordinary', 15 * day, false, false],
      ['dispute.wage', '劳资纠纷', 'Wages', 'sfs', 'urgent', 5 * day, false, false],
    ]),
  },
];

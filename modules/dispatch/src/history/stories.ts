/** What the demo town's people report: texts by category, with places put in. */
import { pick, type Rng } from '@wangge/geo';

/** `{地}` is an area's name. */
const stories: Readonly<Record<string, readonly string[]>> = {
  'patrol.facility': [
    '{地}健身器材螺丝松动，有安全风险',
    '{地}公交站牌被撞歪，需要扶正',
    '{地}宣传栏玻璃破碎，已拉警戒线',
  ],
  'patrol.lamp': ['{地}村道两盏路灯不亮，夜间出行不便', '{地}路灯白天常亮，请检修', '{地}路口路灯忽明忽暗'],
  'patrol.road': ['{地}村道路面塌陷约半米，车辆绕行', '{地}井盖破损，已放置警示锥', '{地}水泥路面开裂，雨天积水'],
  'patrol.parking': ['{地}路口有货车占道停放，影响通行', '{地}校门口车辆乱停，上学时段拥堵', '{地}面包车停在盲道上'],
  'patrol.stall': ['{地}有流动摊贩占用人行道', '{地}水果摊摆到机动车道，劝离', '{地}早市结束后仍有摊位占道'],
  'patrol.river': ['{地}河段巡查，河面有漂浮物，已打捞', '{地}河堤巡查正常，水位平稳', '{地}渠道有杂草堵塞，已清理'],
  'patrol.visit': ['走访{地}重点户，情况平稳', '走访{地}独居老人，水电正常，送去慰问品', '{地}返乡人员登记走访'],
  'hazard.fire-lane': ['{地}消防通道堆放建材，需清理', '{地}楼前消防通道被私家车占用'],
  'hazard.ebike': ['{地}楼道内有电动车飞线充电', '{地}电动车停放在一楼楼梯间充电'],
  'hazard.water': ['{地}水塘边护栏缺失，有儿童玩耍', '{地}水库边有人垂钓，已劝离', '{地}河边有人下水游泳'],
  'hazard.electric': ['{地}电线垂落到路面，已隔离', '{地}变压器旁树枝搭线', '{地}老屋线路老化，有打火现象'],
  'hazard.building': ['{地}老屋墙体开裂，已劝离住户', '{地}围墙倾斜，紧靠通学路'],
  'hazard.forest-fire': ['{地}山边有烟雾，疑似烧荒', '{地}祭祀点未熄灭，已浇灭'],
  'service.elderly': [
    '{地}独居老人请求帮忙换灯泡',
    '{地}老人行动不便，请协助办理高龄津贴认证',
    '{地}老人忘带钥匙，在门口等候',
  ],
  'service.errand': ['{地}居民请网格员代办社保卡激活', '代{地}老人领取药品', '帮{地}住户打印证明材料'],
  'service.repair': ['{地}居民家水管漏水，请求联系维修', '{地}公共水龙头关不严', '{地}楼道门锁损坏'],
  'service.medical': ['{地}老人需送镇卫生院复诊', '{地}慢病患者请求预约家庭医生上门'],
  'service.enquiry': ['{地}居民咨询医保缴费时间', '{地}村民咨询宅基地翻建手续', '咨询残疾人补贴申领条件'],
  'publicity.fraud': ['在{地}开展反诈宣传，发放资料 40 份', '{地}入户安装反诈软件，讲解案例'],
  'publicity.fire': ['在{地}张贴森林防火横幅', '{地}院坝会讲解用电用火安全'],
  'publicity.water': ['在{地}水塘设立防溺水警示牌并宣传', '向{地}学生家长发放防溺水告知书'],
  'publicity.policy': ['在{地}宣讲医保和养老政策', '{地}入户讲解农机补贴政策'],
  'environment.rubbish': ['{地}垃圾桶满溢，周边堆放生活垃圾', '{地}路边有建筑垃圾倾倒', '{地}沟渠内有废弃农膜'],
  'environment.sewage': ['{地}化粪池外溢，气味较大', '{地}污水管堵塞，污水流到路面'],
  'environment.burning': ['{地}田间焚烧秸秆，烟雾较大', '{地}有人焚烧垃圾'],
  'environment.noise': ['{地}夜间施工噪音扰民', '{地}广场音响音量过大'],
  'environment.toilet': ['{地}公厕保洁不到位，缺水', '{地}公厕照明损坏'],
  'dispute.neighbour': ['{地}两户因排水沟产生争执，请求调解', '{地}邻居因停车位发生口角'],
  'dispute.family': ['{地}家庭赡养问题，请求调解', '{地}夫妻争吵，邻居求助'],
  'dispute.land': ['{地}两户对山林界址有争议', '{地}田埂界线纠纷'],
  'dispute.wage': ['{地}工人反映装修工钱未结清', '{地}季节工工资拖欠，请求协调'],
};
/** Shares of S2: incidents of one year by kind. */
export const yearOfKinds: readonly (readonly [string, number])[] = [
  ['patrol', 4312],
  ['hazard', 638],
  ['service', 442],
  ['publicity', 305],
  ['environment', 133],
  ['dispute', 23],
];
export const reporterRequests: ReadonlySet<string> = new Set(['hazard', 'service', 'environment', 'dispute']);

export function storyOf(code: string, areaName: string, random: Rng): string {
  return pick(random, stories[code] ?? ['{地}有情况需要处理']).replace('{地}', areaName);
}
/** A kind in the year's proportions. */
export function kindOf(random: Rng): string {
  const total = yearOfKinds.reduce((sum, [, n]) => sum + n, 0);
  let at = random() * total;
  for (const [kind, n] of yearOfKinds) {
    at -= n;
    if (at < 0) return kind;
  }
  return 'patrol';
}

const answers = [
  '现场处置完毕，已恢复正常',
  '已处理，居民表示满意',
  '已清理完毕，后续加强巡查',
  '已协调解决，双方认可',
  '已修复，试用正常',
];
export const answerOf = (random: Rng): string => pick(random, answers);

/** Share of a day's reports by hour of the town, 0–23: quiet nights, busy mornings and late afternoons. */
const hourShares = [1, 1, 1, 1, 1, 2, 6, 14, 22, 24, 20, 14, 9, 10, 18, 20, 18, 14, 10, 8, 7, 5, 3, 2];
/** Milliseconds after the town's midnight. */
export function timeOfDayMs(random: Rng): number {
  const total = hourShares.reduce((sum, n) => sum + n, 0);
  let at = random() * total;
  const hour = hourShares.findIndex((share) => (at -= share) < 0);
  return Math.floor((Math.max(0, hour) + random()) * 3_600_000);
}

const dayMs = 86_400_000;

/**
 * Spreads a period as a town's reports fall into it: fewer at weekends, uneven from day to day, many after a storm.
 *
 * @returns a moment of the day in which the share `part` (0 to 1) of the period's reports has come in; never falls
 * as `part` rises
 */
export function unevenDays(fromMs: number, toMs: number, random: Rng): (part: number) => number {
  const sums: number[] = [];
  let total = 0;
  for (let at = fromMs; at < toMs; at += dayMs) {
    const weekend = [0, 6].includes(new Date(at).getUTCDay());
    const storm = random() < 0.03;
    total += (weekend ? 0.55 : 1) * (0.6 + 0.9 * random()) * (storm ? 2.2 : 1);
    sums.push(total);
  }
  return (part) => {
    const wanted = part * total;
    const found = sums.findIndex((sum) => sum > wanted);
    const day = found < 0 ? sums.length - 1 : found;
    const before = sums[day - 1] ?? 0;
    const within = Math.min(1, (wanted - before) / ((sums[day] ?? total) - before));
    return Math.min(toMs, fromMs + (day + within) * dayMs);
  };
}

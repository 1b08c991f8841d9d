/**
 * Tried in this order, because browsers claim to be each other: those inside an app and those built on
 * Chrome name Chrome and Safari as well. On iPhones and iPads the marks are others.
 */
const browsers = [
  [/wxwork\//i, 'WeCom'],
  [/MicroMessenger\//, 'WeChat'],
  [/DingTalk\//, 'DingTalk'],
  [/HuaweiBrowser\//, 'Huawei Browser'],
  [/MiuiBrowser\//, 'Mi Browser'],
  [/QQBrowser\//, 'QQ Browser'],
  [/UCBrowser\//, 'UC Browser'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

/** Android says Linux, HarmonyOS may say Android, and iPhones say "like Mac OS X": the more special first. */
const systems = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
] as const;

/** A browser's long self-description in two words; unknown ones are shown as they are, cut. */
export function deviceName(userAgent: string): string {
  const name = [browsers, systems]
    .map((list) => list.find(([mark]) => mark.test(userAgent))?.[1])
    .filter((part) => part !== undefined)
    .join(' · ');
  return name === '' ? userAgent.slice(0, 40) : name;
}

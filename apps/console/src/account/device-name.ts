/** Tried in this order: browsers claim to be each other, and Android says Linux as well. */
const browsers = [
  ['MicroMessenger', 'WeChat'],
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = ['HarmonyOS', 'Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'] as const;

/** A browser's long self-description in two words; unknown ones are shown as they are, cut. */
export function deviceName(userAgent: string): string {
  const browser = browsers.find(([mark]) => userAgent.includes(mark))?.[1];
  const system = systems.find((mark) => userAgent.includes(mark));
  const name = [browser, system].filter((part) => part !== undefined).join(' · ');
  return name === '' ? userAgent.slice(0, 40) : name;
}

const browsers = [
  ['微信', /MicroMessenger/],
  ['Edge', /Edg\w*\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
] as const;
/** Most special first: Android calls itself Linux too, an iPhone "like Mac OS X". */
const systems = ['HarmonyOS', 'Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'];

/** A browser's long self-description in two words; an unknown one as it is, cut. */
export function deviceName(userAgent: string): string {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const system = systems.find((name) => userAgent.includes(name));
  const words = [browser, system].filter((word) => word !== undefined);
  return words.length > 0 ? words.join(' · ') : userAgent.slice(0, 40);
}

/** A browser's long self-description in two words; unknown ones are shown as they are, cut. */
export function deviceName(userAgent: string): string {
  const browser = /MicroMessenger/.test(userAgent)
    ? 'WeChat'
    : (/(Edg|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1] ?? '').replace('Edg', 'Edge');
  const system = /HarmonyOS|Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0] ?? '';
  const name = [browser, system].filter((part) => part !== '').join(' · ');
  return name === '' ? userAgent.slice(0, 40) : name;
}

import { useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';

/** What the server writes where nobody with a name acted. */
const nameless: ReadonlyMap<string, 'system' | 'resident' | 'reporter'> = new Map([
  ['', 'system'],
  ['系统', 'system'],
  ['居民', 'resident'],
  ['上报人', 'reporter'],
]);

/** Names whoever did something in the reader's language; a person's own name is nobody's to translate. */
export function useActorName(): (name: string) => string {
  const words = useTexts(uiTexts).actor;
  return (name) => {
    const role = nameless.get(name);
    return role === undefined ? name : words[role];
  };
}

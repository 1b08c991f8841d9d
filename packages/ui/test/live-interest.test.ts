import { expect, test } from 'vitest';
import { isConcerned } from '../src/data/live-interest.ts';
import { initialLang } from '../src/lang.tsx';

const batch = (type: string, id: string) => ({ reset: false, messages: [{ type, id, areaPath: '' }] });
const interest = { types: ['incidents.changed', 'dispatch.order-changed'], id: 'a' };

test('a query is concerned by its own id, by any message of the further types, and by a reset', () => {
  expect(isConcerned(interest, batch('incidents.changed', 'a'))).toBe(true);
  expect(isConcerned(interest, batch('incidents.changed', 'b'))).toBe(false);
  expect(isConcerned(interest, batch('dispatch.order-changed', 'b'))).toBe(true);
  expect(isConcerned(interest, batch('areas.changed', 'a'))).toBe(false);
  expect(isConcerned(interest, { reset: true, messages: [] })).toBe(true);
  expect(isConcerned(undefined, { reset: true, messages: [] })).toBe(false);
  expect(isConcerned({ types: ['incidents.changed'] }, batch('incidents.changed', 'b'))).toBe(true);
});

test('the address decides the language, then the last choice, then Chinese', () => {
  expect(initialLang('?lang=en', 'zh')).toBe('en');
  expect(initialLang('?lang=zh', 'en')).toBe('zh');
  expect(initialLang('', 'en')).toBe('en');
  expect(initialLang('', null)).toBe('zh');
});

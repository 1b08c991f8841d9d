import { newId } from '@wangge/contract-kit';
import { reportIncident, type Category } from '@wangge/incidents/contract';
import { expect, test } from 'vitest';
import { categoryGroups } from '../src/report/category-groups.ts';
import { reportContent, reportFaults } from '../src/report/check-report.ts';
import { freshReport, isEmptyReport, type ReportDraft } from '../src/report/report-draft.ts';

const category = (code: string, parentCode: string | null, order: number, more: Partial<Category> = {}): Category =>
  ({ code, parentCode, order, active: true, proofRequired: false, ...more }) as Category;
const clientKey = newId();
const full: ReportDraft = {
  ...freshReport(clientKey),
  categoryCode: 'light',
  description: '路灯不亮',
  place: { lon: 118.99, lat: 31.5 },
};
const photo = { id: 'p', blob: new Blob(), place: null };

test('names what is missing, in the order of the page', () => {
  expect(reportFaults(freshReport(clientKey), undefined)).toEqual(['place', 'category', 'description']);
  expect(reportFaults({ ...full, description: '  \n ' }, undefined)).toEqual(['description']);
  expect(reportFaults(full, undefined)).toEqual([]);
});
test('settling it oneself needs the proof that the category asks for', () => {
  const strict = category('light', 'patrol', 0, { proofRequired: true });
  expect(reportFaults({ ...full, selfHandled: true }, strict)).toEqual(['proof']);
  expect(reportFaults({ ...full, selfHandled: true, photos: [photo] }, strict)).toEqual([]);
  expect(reportFaults(full, strict)).toEqual([]);
});
test('settling it oneself needs a photo from the camera where the category asks for that', () => {
  const inApp = category('light', 'patrol', 0, { proofRequired: true, proofInApp: true });
  const taken = { how: 'camera', atMs: 0, offsetMs: null, place: null } as const;
  const of = (...photos: ReportDraft['photos']) => reportFaults({ ...full, selfHandled: true, photos }, inApp);
  expect(of()).toEqual(['proof']);
  expect(of(photo)).toEqual(['camera']);
  expect(of({ ...photo, taken: { ...taken, how: 'gallery' } })).toEqual(['camera']);
  expect(of(photo, { ...photo, id: 'q', taken })).toEqual([]);
  expect(reportFaults({ ...full, photos: [photo] }, inApp)).toEqual([]);
});
test('what is sent is what the contract takes', () => {
  const content = reportContent({ ...full, address: '  ' });
  expect(reportIncident.body.parse({ ...content, clientKey })).toMatchObject({ categoryCode: 'light' });
  expect(content).not.toHaveProperty('address');
});
test('a draft that holds only a place is not worth keeping', () => {
  expect(isEmptyReport({ ...freshReport(clientKey), place: { lon: 1, lat: 1 } })).toBe(true);
  expect(isEmptyReport({ ...freshReport(clientKey), photos: [photo] })).toBe(false);
});
test('two levels of open categories in the order of the town', () => {
  const all = [
    category('b', null, 2),
    category('a', null, 1),
    category('empty', null, 0),
    category('b2', 'b', 2),
    category('b1', 'b', 1),
    category('a1', 'a', 1),
    category('closed', 'a', 0, { active: false }),
  ];
  const codes = categoryGroups(all).map(({ top, children }) => [top.code, ...children.map(({ code }) => code)]);
  expect(codes).toEqual([
    ['a', 'a1'],
    ['b', 'b1', 'b2'],
  ]);
});

import { expect, test } from 'vitest';
import { addressOf, pageAt, type Page } from '../src/router/path.ts';

const orderId = '018f0000-0000-7000-8000-000000000001';
const pages: readonly Page[] = [
  { name: 'tasks', done: false },
  { name: 'tasks', done: true },
  { name: 'task', orderId },
  { name: 'report' },
  { name: 'map' },
  { name: 'map', helpId: orderId },
  { name: 'round', roundId: orderId },
  { name: 'me' },
  { name: 'password' },
  { name: 'sessions' },
  { name: 'outbox' },
  { name: 'messages' },
  { name: 'telling' },
  { name: 'incident', incidentId: orderId },
];

test.each(pages)('the address of $name leads back to it', (page) => {
  expect(pageAt(addressOf(page))).toEqual(page);
  expect(pageAt(`${addressOf(page)}/`)).toEqual(page);
});
test.each(['/field/nothing', '/field/tasks/1', '/field/me/other', '/field/constructor'])('%s is no page', (path) => {
  expect(pageAt(path)).toEqual({ name: 'not-found' });
});

import { describe, expect, it } from 'vitest';
import { readChoice } from '../src/common/use-remembered.ts';

const known = ['number', 'category', 'area'] as const;

describe('a remembered choice', () => {
  it.each([
    [null, null],
    ['', []],
    ['area,number', ['number', 'area']],
    ['gone,category', ['category']],
  ])('%j is read as %j', (stored, choice) => {
    expect(readChoice(stored, known)).toEqual(choice);
  });
});

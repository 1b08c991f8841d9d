import { importTexts } from '@wangge/texts/console';
import { describe, expect, test } from 'vitest';
import { rowProblems } from '../src/common/row-problems.ts';

const zh = (details: Record<string, unknown>) => rowProblems({ details }, importTexts.zh, 'zh');
const en = (details: Record<string, unknown>) => rowProblems({ details }, importTexts.en, 'en');

describe('rows of borders', () => {
  const faults = [
    { row: 3, code: '330', problem: 'repeated-code' },
    { row: 4, code: null, problem: 'no-code' },
    { row: 7, column: 'heads', value: '很多', problem: 'bad-count' },
  ];
  test('are named one by one, and how many more there are', () => {
    expect(zh({ problem: 'repeated-code', rows: ['3: …'], faults, count: 9 })).toEqual([
      '第 3 个图形（330）代码与前面的重复',
      '第 4 个图形没有代码',
      '第 7 个图形“heads”列“很多”不是人数或户数',
      '还有 6 处',
    ]);
    expect(en({ faults, count: 3 })).toEqual([
      'Shape 3 (330) has the code of an earlier one',
      'Shape 4 has no code',
      'Shape 7 column “heads” “很多” is no number of people or households',
    ]);
  });
  test('a file refused as a whole says why, with the codes at fault', () => {
    expect(zh({ problem: 'unknown-parent', codes: ['a', 'b'] })).toEqual(['找不到有的区域的上级', '代码：a、b']);
    expect(en({ problem: 'no such column', column: 'homes' })).toEqual(['column “homes”: The file has no such column']);
  });
});

describe('lines of a table', () => {
  test('name the column and its rule, never what a library says', () => {
    expect(zh({ line: 4, column: 'severity', problem: 'Invalid option: expected one of …' })).toEqual([
      '第 4 行“severity”列须为 ordinary、urgent 或 emergency',
    ]);
    expect(en({ line: 2, column: 'parentCode' })).toEqual([
      'Line 2 column “parent” needs the code of a top category, of the file or known already',
    ]);
    expect(zh({ line: 2, column: 'toString' })).toEqual(['第 2 行“toString”列内容不正确']);
    expect(zh({ problem: 'CsvError: Invalid Record Length: columns length is 3, got 2 on line 5' })).toEqual([
      '第 5 行：不是完整的 CSV：列数不一致，或引号没有成对',
    ]);
  });
  test('nothing is said where nothing is known', () => {
    expect(zh({})).toEqual([]);
    expect(zh({ problem: 'constructor' })).toEqual([]);
  });
});

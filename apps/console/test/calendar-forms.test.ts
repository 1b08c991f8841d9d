import { describe, expect, it } from 'vitest';
import { readOff, readWork } from '../src/admin/calendar/read-year.ts';
import { readSegments, segmentsText } from '../src/admin/calendar/segments.ts';

describe('working hours as people write them', () => {
  it('are read and written alike', () => {
    const segments = [
      { fromMin: 510, toMin: 720 },
      { fromMin: 840, toMin: 1050 },
    ];
    expect(readSegments('08:30-12:00 14:00-17:30')).toEqual(segments);
    expect(readSegments('8：30–12:00，14:00~17:30')).toEqual(segments);
    expect(segmentsText(segments)).toBe('08:30-12:00 14:00-17:30');
    expect(readSegments('  ')).toEqual([]);
    expect(readSegments('00:00-24:00')).toEqual([{ fromMin: 0, toMin: 1440 }]);
  });
  it.each(['8-12', '12:00-08:00', '08:00-12:00 11:00-13:00', '08:00-25:00', '08:60-09:00', 'morning'])(
    '%s is none',
    (text) => expect(readSegments(text)).toBeNull(),
  );
});

describe('the notice of a year', () => {
  it('lists days off with their names, one day or several', () => {
    expect(readOff('2027-01-01 2027-01-03 元旦\n\n2027-05-01 劳动节')).toEqual({
      off: [
        { from: '2027-01-01', to: '2027-01-03', name: '元旦' },
        { from: '2027-05-01', to: '2027-05-01', name: '劳动节' },
      ],
    });
  });
  it.each(['明天 休息', '2027-01-03 2027-01-01 元旦', '2027-01-01', '2027-01-01 2027-01-03'])(
    '%s cannot be read',
    (line) => expect(readOff(line)).toEqual({ wrong: line }),
  );
  it('lists make-up workdays once each', () => {
    expect(readWork('2027-01-09、2027-01-09 2027-02-20')).toEqual({ work: ['2027-01-09', '2027-02-20'] });
    expect(readWork('1月9日')).toEqual({ wrong: '1月9日' });
  });
});

/** Invented names; none is that of the place they stand at, nor of a person. */
export const countyName = '示例县';
export const townName = '示例镇';

/** In the order of the villages' codes; the first two share the town's seat. */
export const villageNames = [
  '河北街村',
  '河南街村',
  '柳溪村',
  '石桥村',
  '竹林村',
  '荷塘村',
  '上坪村',
  '新桥村',
  '枫岭村',
  '梅湾村',
  '茶亭村',
  '沙洲村',
] as const;

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** Chinese numeral of 1 … 99. */
export function numeral(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`;
  return head + (ones === 0 && tens > 0 ? '' : digits[ones]);
}

export function gridName(village: string, number: number): string {
  return `${village}第${numeral(number)}网格`;
}

export function microGridName(grid: string, number: number): string {
  return `${grid}${number}号微网格`;
}

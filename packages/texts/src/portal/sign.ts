import { defineTexts } from '../define.ts';

/** QR signs to print. */
export const portalSignTexts = defineTexts(
  {
    sign: {
      title: '微网格二维码牌',
      all: (n: number) => `共 ${n} 块牌，A5 一页一块`,
      print: '打印',
      printHint: '用浏览器的打印功能，纸张选 A5。',
      none: '这个范围内没有二维码点。',
    },
  },
  {
    sign: {
      title: 'QR signs of micro-grids',
      all: (n) => `${n} signs, one to a page of A5`,
      print: 'Print',
      printHint: 'Print from the browser on A5 paper.',
      none: 'There are no QR points here.',
    },
  },
);

import { maskPhone } from '../rules.ts';

/** Mobile numbers of China, and land lines with their area code, that stand alone. */
const telephone = /(?<![\d-])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![\d-])/g;

/** A text in which people may have left telephone numbers, with these masked. */
export function maskTelephones(text: string): string {
  return text.replace(telephone, maskPhone);
}

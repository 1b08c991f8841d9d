/** Words of the residents' pages: short, plain, and never in the passive of an office. One file per step of the way. */
import { portalAlikeTexts } from './portal/alike.ts';
import { portalHomeTexts } from './portal/home.ts';
import { portalReceiptTexts } from './portal/receipt.ts';
import { portalReportTexts } from './portal/report.ts';
import { portalShellTexts } from './portal/shell.ts';
import { portalSignTexts } from './portal/sign.ts';

export const portalTexts = {
  zh: {
    ...portalShellTexts.zh,
    ...portalHomeTexts.zh,
    ...portalReportTexts.zh,
    ...portalAlikeTexts.zh,
    ...portalReceiptTexts.zh,
    ...portalSignTexts.zh,
  },
  en: {
    ...portalShellTexts.en,
    ...portalHomeTexts.en,
    ...portalReportTexts.en,
    ...portalAlikeTexts.en,
    ...portalReceiptTexts.en,
    ...portalSignTexts.en,
  },
};

export type PortalTexts = (typeof portalTexts)['zh'];

import { AppError } from '@wangge/contract-kit';
import { ImportProblem } from '../rules/import-problem.ts';
import { type ImportJob, prepareImport, type PreparedImport } from './prepare-import.ts';

/** Errors lose their class on the way between threads, so what they say is passed on. */
export type ImportAnswer =
  | { readonly kind: 'done'; readonly prepared: PreparedImport }
  | {
      readonly kind: 'refused';
      readonly code: AppError['code'];
      readonly field: string | undefined;
      readonly details: AppError['details'];
    };

/** The most codes that an error names. */
const maxCodes = 50;

/** Throws only what is our own fault. */
export function answerImport(job: ImportJob): ImportAnswer {
  try {
    return { kind: 'done', prepared: prepareImport(job) };
  } catch (error) {
    if (error instanceof ImportProblem) {
      const details = { problem: error.problem, codes: error.codes.slice(0, maxCodes) };
      return { kind: 'refused', code: 'row-invalid', field: undefined, details };
    }
    if (!(error instanceof AppError)) throw error;
    return { kind: 'refused', code: error.code, field: error.field, details: error.details };
  }
}

import { Worker } from 'node:worker_threads';
import { AppError } from '@wangge/contract-kit';
import { answerImport, type ImportAnswer } from './answer-import.ts';
import type { ImportJob, PreparedImport } from './prepare-import.ts';

/** A file that needs more than this ends its own thread, not the server. */
const maxHeapMb = 2048;
const maxMs = 180_000;

/** Starting a thread takes longer than preparing so little. */
function isSmall(job: ImportJob): boolean {
  return job.base.entries.length < 100 && (job.source.geojson?.length ?? Number.POSITIVE_INFINITY) < 100_000;
}

/**
 * Prepares an import, a large one in a thread of its own: reading 60 MB and overlaying borders takes
 * seconds, in which the server must answer others. Throws what is wrong with the file as `AppError`.
 */
export async function runImport(job: ImportJob): Promise<PreparedImport> {
  const answer = isSmall(job) ? answerImport(job) : await runInThread(job);
  if (answer.kind === 'done') return answer.prepared;
  throw new AppError(answer.code, {
    ...(answer.field === undefined ? {} : { field: answer.field }),
    ...(answer.details === undefined ? {} : { details: answer.details }),
  });
}

async function runInThread(job: ImportJob): Promise<ImportAnswer> {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ImportAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('row-invalid', { details: { problem: 'too-complex' } })), maxMs);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the import ended without an answer')));
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new AppError('file-too-large', { cause: error });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

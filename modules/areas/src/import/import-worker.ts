/** Runs one import in a thread of its own and posts what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerImport } from './answer-import.ts';
import type { ImportJob } from './prepare-import.ts';

parentPort?.postMessage(answerImport(workerData as ImportJob));

/**
 * Property tests draw the same inputs in every run, so that a landing never depends on luck;
 * `FC_SEED=$RANDOM npm test` goes looking for new ones.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_122) });

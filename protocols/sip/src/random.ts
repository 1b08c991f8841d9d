import { randomBytes } from 'node:crypto';

/** Magic cookie plus 96 random bits (RFC 3261 §8.1.1.7). */
export const newBranch = (): string => `z9hG4bK${randomBytes(12).toString('hex')}`;
/** At least 32 random bits are asked for (RFC 3261 §19.3). */
export const newTag = (): string => randomBytes(8).toString('hex');
export const newCallId = (): string => randomBytes(16).toString('hex');
/** Begins below 2^31 (RFC 3261 §8.1.1.5) with room for a long dialog; some recorders keep it in 16 bits. */
export const newCseq = (): number => 1 + (randomBytes(2).readUInt16BE(0) & 0x3fff);

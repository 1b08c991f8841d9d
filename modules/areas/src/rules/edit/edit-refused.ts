import type { EditGuard } from '../../contract.ts';

/** An edit that makes no sense for these areas, beside what `EditProblem` says of borders. */
export class EditRefused extends Error {
  readonly guard: EditGuard;
  constructor(guard: EditGuard) {
    super(guard);
    this.name = 'EditRefused';
    this.guard = guard;
  }
}

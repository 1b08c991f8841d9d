/** The step that asks whether it is the same thing as what others reported. */
import { z } from 'zod';
import { findSame, type KnownReport, type Written } from '../actions/find-same.ts';
import { alikePage } from '../pages/alike.ts';
import { type Reply, sendPrivatePage } from './http.ts';
import type { Journey } from './routes-report.ts';
import { seal, unseal } from './sealed.ts';

/** What was shown travels with the draft: one can join nothing else. */
const offeredSchema = z.array(z.uuid()).max(5);

/** None while nothing is like it. */
export function knownFor(journey: Journey, written: Omit<Written, 'areaId'>): Promise<KnownReport[]> {
  return journey.rt.system('portal', (tx) => findSame(tx, { ...written, areaId: journey.place.area.id }));
}

export function showAlike<D extends object>(
  { rt, reply, ctx, place }: Journey,
  step: { readonly draft: D; readonly known: readonly KnownReport[]; readonly back: string },
): Reply {
  const offered = step.known.map(({ id }) => id);
  const page = alikePage(ctx, {
    action: `/q/${place.token}/report/alike`,
    draft: seal(rt, 'report-alike', { draft: step.draft, offered }),
    known: step.known,
    back: { href: step.back, label: ctx.t.shell.back },
  });
  return sendPrivatePage(reply, page);
}

/** @throws AppError `csrf-failed` for what we did not seal */
export function readAlike<S extends z.ZodType>(
  rt: Journey['rt'],
  schema: S,
  sealed: string,
): { readonly draft: z.output<S>; readonly offered: readonly string[] } {
  const { draft, offered } = unseal(
    rt,
    'report-alike',
    z.object({ draft: z.unknown(), offered: offeredSchema }),
    sealed,
  );
  return { draft: schema.parse(draft), offered };
}

/** What was pressed: one of those shown; `other`; or nothing that we wrote. */
export function answerOf(pressed: string, offered: readonly string[]): { readonly sameAs: string | null } | null {
  if (pressed === 'other') return { sameAs: null };
  const id = pressed.startsWith('same:') ? pressed.slice('same:'.length) : '';
  return offered.includes(id) ? { sameAs: id } : null;
}

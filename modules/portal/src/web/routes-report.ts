/** The report: choosing its kind, the form, the code by text message. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex, type AreaNode } from '@wangge/areas';
import { categoriesOf, receiptToken } from '@wangge/incidents';
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import { sendReport, sentBefore } from '../actions/send-report.ts';
import type { PageContext } from '../pages/context.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import { emptyReport, reportFormPage, type ReportValues } from '../pages/report-form.ts';
import { type ReportKind, reportKindsPage } from '../pages/report-kinds.ts';
import { reportKinds } from '../report-kinds.ts';
import { limits, parsePhone, readPlace, readText } from '../rules.ts';
import { answerOf, knownFor, readAlike, showAlike } from './alike-step.ts';
import { askForCode, checkCode, type CodeStep, showCode, showCodeErrors } from './code-step.ts';
import { formToken, openFormToken } from './form-token.ts';
import { type App, publicPage, type Reply, type Request, residentActor, seeOther, sendPage } from './http.ts';
import { contextOf } from './page-context.ts';
import { readForm } from './read-form.ts';
import { reportErrors, reportValues } from './report-input.ts';
import { type HeldPhoto, heldPhotoSchema, keptPhotos, ReportPhotos } from './report-photos.ts';
import { signedPlace } from './routes-home.ts';
import { seal, unseal } from './sealed.ts';
import { verifiedPhone } from './verified-phone.ts';

/** One form on its way: what every step of it knows. */
export interface Journey {
  readonly rt: Runtime;
  readonly request: Request;
  readonly reply: Reply;
  readonly ctx: PageContext;
  readonly place: { readonly token: string; readonly area: AreaNode };
  readonly kind: ReportKind;
}

const draftSchema = z.object({
  key: z.uuid(),
  values: z.object({
    category: z.string(),
    description: z.string(),
    address: z.string(),
    lon: z.string(),
    lat: z.string(),
    accuracy: z.string(),
    contact: z.enum(['', 'anonymous', 'phone']),
    phone: z.string(),
  }),
  photos: z.array(heldPhotoSchema),
  phone: z.string(),
  /** Said to be the same thing. */
  sameAs: z.uuid().nullable(),
});
type Draft = z.infer<typeof draftSchema>;
/** Before it was asked whether it is the same; a number need not be verified for the answer. */
const writtenSchema = draftSchema.omit({ sameAs: true }).extend({ phone: z.string().nullable() });
type WrittenDraft = z.infer<typeof writtenSchema>;

export function registerReport(app: App, rt: Runtime): void {
  app.get('/q/:token/report', publicPage(rt, 120), async (request, reply) => {
    const place = await signedPlace(rt, request);
    const ctx = await contextOf(rt, request);
    const kinds = await openKinds(rt);
    const kind = kindAsked(kinds, request);
    if (!kind) return sendPage(reply, reportKindsPage(ctx, { token: place.token, name: place.area.name }, kinds));
    return showForm({ rt, request, reply, ctx, place, kind }, { token: formToken(rt, 'report') });
  });

  app.post('/q/:token/report', publicPage(rt, 30), async (request, reply) => {
    const place = await signedPlace(rt, request);
    const kinds = await openKinds(rt);
    const kind = kindAsked(kinds, request) ?? kinds[0];
    if (!kind) throw new AppError('category-closed');
    const ctx = await contextOf(rt, request, formPath(place.token, kind));
    return receiveForm({ rt, request, reply, ctx, place, kind });
  });

  app.post('/q/:token/report/alike', publicPage(rt, 60), async (request, reply) => {
    const fields = await readForm(request);
    const { draft, offered } = readAlike(rt, writtenSchema, fields.get('draft'));
    const journey = await journeyOf(rt, request, reply, draft.values.category);
    const before = await sentBefore(rt, draft.key);
    if (before !== null) return toReceipt(journey, before, true);
    const answer = fields.showAgain ? null : answerOf(fields.get('do'), offered);
    return answer ? goOn(journey, { ...draft, ...answer }) : askWhetherSame(journey, draft);
  });

  app.post('/q/:token/report/code', publicPage(rt, 60), async (request, reply) => {
    const fields = await readForm(request);
    const draft = unseal(rt, 'report-draft', draftSchema, fields.get('draft'));
    const journey = await journeyOf(rt, request, reply, draft.values.category);
    const { ctx } = journey;
    const before = await sentBefore(rt, draft.key);
    if (before !== null) return toReceipt(journey, before, true);
    if (fields.showAgain) return showCode(reply, ctx, codeStep(journey, draft));
    if (fields.get('do') === 'anonymous') return send(journey, { ...draft, phone: null });
    const step = codeStep(journey, draft);
    if (fields.get('do') === 'again') return askForCode(rt, request, reply, ctx, step);
    const errors = await checkCode(rt, reply, ctx, draft.phone, fields.get('code'), draft.key);
    return errors ? showCodeErrors(reply, ctx, step, errors) : send(journey, draft);
  });
}

/** Of a form that was checked: its kind follows from its category. */
async function journeyOf(rt: Runtime, request: Request, reply: Reply, category: string): Promise<Journey> {
  const place = await signedPlace(rt, request);
  const kinds = await openKinds(rt);
  const kind = kinds.find((k) => k.categories.some((c) => c.code === category)) ?? kinds[0];
  if (!kind) throw new AppError('category-closed');
  const ctx = await contextOf(rt, request, formPath(place.token, kind));
  return { rt, request, reply, ctx, place, kind };
}

async function openKinds(rt: Runtime): Promise<ReportKind[]> {
  return reportKinds((await rt.system('portal', categoriesOf)).list);
}
function kindAsked(kinds: readonly ReportKind[], request: Request): ReportKind | undefined {
  const { kind } = request.query as { kind?: string };
  return kinds.find((k) => k.code === kind);
}
function formPath(token: string, kind: ReportKind): string {
  return `/q/${token}/report?kind=${encodeURIComponent(kind.code)}`;
}

async function receiveForm(journey: Journey): Promise<Reply> {
  const { rt, request, ctx, kind } = journey;
  const photos = new ReportPhotos(rt, request, ctx);
  let first = true;
  let before: string | null = null;
  const fields = await readForm(request, async (soFar, bytes) => {
    // Nothing is stored for a form that is not ours, or that came through before.
    const { key } = openFormToken(rt, 'report', soFar.get('f'));
    if (first) {
      before = await sentBefore(rt, key);
      photos.keep(key, soFar);
      first = false;
    }
    if (before === null) await photos.add(key, bytes);
  });
  const form = openFormToken(rt, 'report', fields.get('f'));
  before ??= await sentBefore(rt, form.key);
  if (before !== null) return toReceipt(journey, before, true);
  if (first) photos.keep(form.key, fields);
  photos.notePlace(readPlace(fields.get('photolon'), fields.get('photolat'), ''));

  const values = reportValues(fields);
  const known = verifiedPhone(rt, request);
  const errors = withPhotos(fields.showAgain ? {} : reportErrors(ctx, rt, kind, values, known), photos.problem);
  if (fields.showAgain || form.expired || Object.keys(errors).length > 0) {
    return showForm(journey, {
      token: formToken(rt, 'report', form.key),
      values,
      photos: photos.held,
      errors,
      notice: form.expired ? ctx.t.report.expired : null,
    });
  }
  const phone = values.contact === 'phone' ? (parsePhone(values.phone) ?? known) : null;
  return askWhetherSame(journey, { key: form.key, values, photos: [...photos.held], phone });
}

/** Shows what others reported nearby, where it is like this; else goes on. */
async function askWhetherSame(journey: Journey, draft: WrittenDraft): Promise<Reply> {
  const known = await knownFor(journey, {
    categoryCode: draft.values.category,
    description: readText(draft.values.description, limits.description).text,
    place: placeOfDraft(journey.rt, draft),
  });
  if (known.length === 0) return goOn(journey, { ...draft, sameAs: null });
  return showAlike(journey, { draft, known, back: formPath(journey.place.token, journey.kind) });
}

async function goOn(journey: Journey, draft: WrittenDraft & { readonly sameAs: string | null }): Promise<Reply> {
  const { rt, request, reply, ctx } = journey;
  const { phone } = draft;
  if (phone === null || phone === verifiedPhone(rt, request)) return send(journey, draft);
  return askForCode(rt, request, reply, ctx, codeStep(journey, { ...draft, phone }));
}

/** Errors in the order of the page: photos come after the words. */
function withPhotos(errors: FieldErrors, problem: string | undefined): FieldErrors {
  if (problem === undefined) return errors;
  const { category, description, ...rest } = errors;
  return {
    ...(category === undefined ? {} : { category }),
    ...(description === undefined ? {} : { description }),
    photo: problem,
    ...rest,
  };
}

function codeStep({ rt, ctx, place, kind }: Journey, draft: Draft): CodeStep {
  return {
    action: `/q/${place.token}/report/code`,
    phone: draft.phone,
    draft: seal(rt, 'report-draft', draft),
    mayBeAnonymous: true,
    back: { href: formPath(place.token, kind), label: ctx.t.shell.back },
    confirmLabel: ctx.t.code.confirm,
  };
}

async function send(journey: Journey, draft: WrittenDraft & { readonly sameAs: string | null }): Promise<Reply> {
  const { rt, request, ctx, place } = journey;
  const { values } = draft;
  try {
    const { incidentId, again } = await sendReport(rt, residentActor(request), draft.key, {
      categoryCode: values.category,
      description: readText(values.description, limits.description).text,
      place: placeOfDraft(rt, draft),
      address: readText(values.address, limits.address).text,
      areaId: place.area.id,
      photoIds: draft.photos.map((p) => p.fileId),
      phone: draft.phone,
      sameAs: draft.sameAs,
    });
    return toReceipt(journey, incidentId, again);
  } catch (error) {
    const errors = error instanceof AppError ? fieldOf(ctx, error) : null;
    if (errors === null) throw error;
    return showForm(journey, { token: formToken(rt, 'report', draft.key), values, photos: draft.photos, errors });
  }
}

function placeOfDraft(rt: Runtime, { values, photos }: Pick<WrittenDraft, 'values' | 'photos'>) {
  return readPlace(values.lon, values.lat, values.accuracy) ?? placeOfPhotos(rt, photos);
}

/** Where the first photo that knows it was taken, unless that is outside: photos of last week's journey. */
function placeOfPhotos(rt: Runtime, photos: readonly HeldPhoto[]): { lon: number; lat: number } | null {
  const place = photos.find((photo) => photo.place !== null)?.place;
  if (!place || areaIndex(rt).locate(place.lon, place.lat) === null) return null;
  return { lon: place.lon, lat: place.lat };
}

/** What changed since the form was checked: a border, a category, an upload that was swept away. */
function fieldOf(ctx: PageContext, error: AppError): FieldErrors | null {
  const t = ctx.t.fields;
  switch (error.code) {
    case 'place-outside':
      return { place: t.placeOutside };
    case 'category-closed':
      return { category: t.categoryClosed };
    case 'text-too-long':
      return { description: t.descriptionLong(limits.description) };
    default:
      return error.field === 'categoryCode' ? { category: t.categoryClosed } : null;
  }
}

function toReceipt({ rt, reply }: Journey, incidentId: string, again: boolean): Reply {
  return seeOther(reply, `/r/${receiptToken(rt, incidentId)}?${again ? 'again' : 'new'}=1`);
}

function showForm(
  { rt, request, reply, ctx, place, kind }: Journey,
  form: {
    readonly token: string;
    readonly values?: ReportValues;
    readonly photos?: readonly HeldPhoto[];
    readonly errors?: FieldErrors;
    readonly notice?: string | null;
  },
): Reply {
  const tried = Object.keys(form.errors ?? {}).length > 0 || form.notice != null;
  const page = reportFormPage(ctx, {
    token: place.token,
    placeName: place.area.name,
    kind,
    formToken: form.token,
    values: form.values ?? emptyReport,
    photos: keptPhotos(rt, form.photos ?? []),
    errors: form.errors ?? {},
    notice: form.notice ?? null,
    verifiedPhone: verifiedPhone(rt, request),
  });
  return sendPage(reply, page, tried ? 422 : 200);
}

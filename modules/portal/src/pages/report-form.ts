/** Second step of a report: words, photos, place and how to reach the reporter. One form, also without script. */
import { maxUploadBytes } from '@wangge/kernel/contract';
import { flag, html, type Html, type Part } from '../html.ts';
import { maskPhone, type PageContext, say } from './context.ts';
import { page } from './layout.ts';
import { choices, errorLine, errorSummary, type FieldErrors, hidden, notice, textArea, textField } from './pieces.ts';
import type { ReportKind } from './report-kinds.ts';

export interface ReportValues {
  readonly category: string;
  readonly description: string;
  readonly address: string;
  readonly lon: string;
  readonly lat: string;
  readonly accuracy: string;
  readonly contact: '' | 'anonymous' | 'phone';
  readonly phone: string;
}
export const emptyReport: ReportValues = {
  category: '',
  description: '',
  address: '',
  lon: '',
  lat: '',
  accuracy: '',
  contact: '',
  phone: '',
};

/** A photo that arrived with an earlier try: kept on the server, named by a sealed text. */
export interface KeptPhoto {
  readonly sealed: string;
  readonly thumbUrl: string;
}

export interface ReportFormView {
  readonly token: string;
  readonly placeName: string;
  readonly kind: ReportKind;
  readonly formToken: string;
  readonly values: ReportValues;
  readonly photos: readonly KeptPhoto[];
  readonly errors: FieldErrors;
  /** Something to say above the form that is nobody's mistake. */
  readonly notice: string | null;
  /** Number that was verified a short while ago. */
  readonly verifiedPhone: string | null;
}

export function reportFormPage(ctx: PageContext, view: ReportFormView): string {
  const { t } = ctx;
  const { values, errors } = view;
  const action = `/q/${view.token}/report?kind=${encodeURIComponent(view.kind.code)}`;
  return page(ctx, {
    title: t.report.formTitle,
    script: true,
    form: { id: 'report', action },
    back: { href: `/q/${view.token}/report`, label: t.report.otherKind },
    body: html`
      <p class="steps">${t.report.step(2, 2)} · ${say(ctx, view.kind.name)}</p>
      <h1>${t.report.formTitle}</h1>
      ${view.notice === null ? null : notice(view.notice, 'warn')}
      ${errorSummary(t.report.errorsTitle, t.report.errorsLead, errors)}
      <form
        id="report"
        method="post"
        action="${action}"
        enctype="multipart/form-data"
        novalidate
        data-island="send-once"
        data-sending="${t.report.sending}"
        data-offline="${t.report.networkDown}"
        data-unsent="${t.report.unsent}"
      >
        ${hidden({ f: view.formToken })}
        ${choices({
          name: 'category',
          legend: t.report.category,
          options: view.kind.categories.map((c) => ({ value: c.code, label: say(ctx, c.name) })),
          value: view.kind.categories.length === 1 ? (view.kind.categories[0]?.code ?? '') : values.category,
          error: errors['category'],
        })}
        ${textArea({
          name: 'description',
          label: t.report.description,
          hint: t.report.descriptionHint,
          value: values.description,
          error: errors['description'],
          maxLength: 2000,
        })}
        <div
          class="chips"
          role="group"
          aria-label="${t.report.suggested}"
          data-island="suggest"
          data-token="${view.token}"
          data-label="${t.report.suggested}"
          data-because="${t.report.suggestedBecause}"
        ></div>
        ${photoField(ctx, view.photos, errors['photo'])} ${placeField(ctx, view)} ${contactField(ctx, view)}
        <p class="hint" role="status" data-status></p>
        <button class="wide primary" type="submit">${t.report.send}</button>
      </form>
    `,
  });
}

function photoField(ctx: PageContext, photos: readonly KeptPhoto[], error: string | undefined): Html {
  const { t } = ctx;
  return html`<div
    class="field ${error ? 'wrong' : ''}"
    data-island="photos"
    data-most="4"
    data-remove="${t.report.photoRemove}"
    data-busy="${t.report.photoShrinking}"
    data-unreadable="${t.report.photoUnreadable}"
    data-too-many="${t.fields.photoTooMany}"
    data-too-large="${t.fields.photoTooLarge}"
    data-most-bytes="${maxUploadBytes}"
    data-one="${t.report.photoOne(0)}"
  >
    <span class="label" id="photo-label">${t.report.photo}</span>
    <p class="hint" id="photo-hint">${t.report.photoHint}</p>
    ${errorLine('photo', error)} ${photos.length > 0 ? keptPhotos(ctx, photos) : null}
    <label class="file" for="photo"
      ><span>${t.report.photoAdd}</span
      ><input
        type="file"
        id="photo"
        name="photo"
        accept="image/*"
        multiple
        aria-describedby="photo-hint ${error ? 'photo-error' : ''}"
    /></label>
    <div data-list></div>
  </div>`;
}

function keptPhotos(ctx: PageContext, photos: readonly KeptPhoto[]): Html {
  const { t } = ctx;
  return html`<p class="good">${t.report.photoKept(photos.length)}</p>
    <ul class="photos">
      ${photos.map(
        (photo, i) =>
          html`<li>
            <img src="${photo.thumbUrl}" alt="${t.report.photoOne(i + 1)}" width="96" height="96" />
            <input type="hidden" name="kept" value="${photo.sealed}" />
            <label class="check"
              ><input type="checkbox" name="drop" value="${photo.sealed}" /> ${t.report.photoDrop}</label
            >
          </li>`,
      )}
    </ul>`;
}

function placeField(ctx: PageContext, view: ReportFormView): Html {
  const { t } = ctx;
  const { values, errors } = view;
  const taken = values.lon !== '' && values.lat !== '';
  return html`<fieldset class="field place ${errors['place'] ? 'wrong' : ''}" id="place">
    <legend>${t.report.place}</legend>
    <p class="hint">${t.report.placeDefault(view.placeName)}</p>
    ${errorLine('place', errors['place'])}
    <div
      data-island="locate"
      data-busy="${t.find.locating}"
      data-failed="${t.report.locationFailed}"
      data-taken="${t.report.locationTaken(0)}"
    >
      ${hidden({ lon: values.lon, lat: values.lat, accuracy: values.accuracy })}
      <button class="wide" type="button" data-locate hidden>${t.report.useLocation}</button>
      <p class="hint" role="status" data-status>
        ${taken ? t.report.locationTaken(Math.round(Number(values.accuracy) || 0)) : null}
      </p>
      ${
        taken
          ? html`<label class="check"
              ><input type="checkbox" name="noplace" value="1" ${flag('checked', errors['place'] !== undefined)} />
              ${t.report.locationOff}</label
            >`
          : null
      }
    </div>
    ${textField({
      name: 'address',
      label: t.report.address,
      hint: t.report.addressHint,
      value: values.address,
      error: errors['address'],
      maxLength: 200,
    })}
  </fieldset>`;
}

function contactField(ctx: PageContext, view: ReportFormView): Part {
  const { t } = ctx;
  const { values, errors, verifiedPhone } = view;
  return html`<div class="contact">
    ${choices({
      name: 'contact',
      legend: t.report.contact,
      options: [
        { value: 'anonymous', label: t.report.anonymous, hint: t.report.anonymousHint },
        {
          value: 'phone',
          label: t.report.byPhone,
          hint: verifiedPhone === null ? t.report.byPhoneHint : t.report.verified(maskPhone(verifiedPhone)),
        },
      ],
      value: values.contact,
      error: errors['contact'],
    })}
    <div class="phone">
      ${textField({
        name: 'phone',
        label: verifiedPhone === null ? t.report.phone : t.report.otherPhone,
        hint: t.report.phoneHint,
        type: 'tel',
        inputMode: 'tel',
        autocomplete: 'tel',
        value: values.phone,
        error: errors['phone'],
        maxLength: 20,
      })}
    </div>
  </div>`;
}

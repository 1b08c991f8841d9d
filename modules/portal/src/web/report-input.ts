/** From the fields of the report form to values, and to what is wrong with them. */
import { areaIndex } from '@wangge/areas';
import type { Runtime } from '@wangge/kernel';
import type { PageContext } from '../pages/context.ts';
import type { FieldErrors } from '../pages/pieces.ts';
import type { ReportValues } from '../pages/report-form.ts';
import type { ReportKind } from '../pages/report-kinds.ts';
import { limits, parsePhone, readPlace, readText } from '../rules.ts';
import type { FormFields } from './read-form.ts';

/** As typed, within bounds, for showing the form again. */
export function reportValues(fields: FormFields): ReportValues {
  const contact = fields.get('contact');
  const leaveOut = fields.get('noplace') !== '';
  return {
    category: fields.get('category').slice(0, 60),
    // A little more than allowed, so that a person sees what is too much.
    description: fields.get('description').slice(0, 2 * limits.description),
    address: fields.get('address').slice(0, 2 * limits.address),
    lon: leaveOut ? '' : fields.get('lon').slice(0, 30),
    lat: leaveOut ? '' : fields.get('lat').slice(0, 30),
    accuracy: leaveOut ? '' : fields.get('accuracy').slice(0, 30),
    contact: contact === 'anonymous' || contact === 'phone' ? contact : '',
    phone: fields.get('phone').slice(0, 40),
  };
}

/** What is wrong, by field, in the order of the page. Empty when the report may be sent. */
export function reportErrors(
  ctx: PageContext,
  rt: Runtime,
  kind: ReportKind,
  values: ReportValues,
  verifiedPhone: string | null,
): FieldErrors {
  const t = ctx.t.fields;
  const errors: Record<string, string> = {};
  if (!kind.categories.some((c) => c.code === values.category)) {
    errors['category'] = values.category === '' ? t.categoryMissing : t.categoryClosed;
  }
  const description = readText(values.description, limits.description);
  if (description.problem === 'missing') errors['description'] = t.descriptionMissing;
  if (description.problem === 'long') errors['description'] = t.descriptionLong(limits.description);
  if (description.problem === 'bad') errors['description'] = t.textBad;
  const place = readPlace(values.lon, values.lat, values.accuracy);
  if (place && areaIndex(rt).locate(place.lon, place.lat) === null) errors['place'] = t.placeOutside;
  const address = readText(values.address, limits.address);
  if (address.problem === 'long') errors['address'] = t.addressLong(limits.address);
  if (address.problem === 'bad') errors['address'] = t.textBad;
  if (values.contact === '') errors['contact'] = t.contactMissing;
  const mayUseVerified = verifiedPhone !== null && values.phone.trim() === '';
  if (values.contact === 'phone' && !mayUseVerified && parsePhone(values.phone) === null) errors['phone'] = t.phoneBad;
  return errors;
}

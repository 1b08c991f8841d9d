/** `POST requests`: a client's form becomes an incident of the right kind in the right grid. */
import { createHash } from 'node:crypto';
import { AppError, newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { categoriesOf, reportIncident } from '@wangge/incidents';
import type { Runtime } from '@wangge/kernel';
import { clientByKey } from '../actions/clients.ts';
import { maxDescription } from '../rules.ts';
import { serviceWith } from './services.ts';

export type Form = ReadonlyMap<string, string>;

function text(form: Form, field: string, maxChars: number): string {
  const value = (form.get(field) ?? '').replace(/\r\n?/g, '\n').normalize('NFC').trim();
  if (value.length > maxChars) throw new AppError('text-too-long', { field, details: { maxChars } });
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value) || !value.isWellFormed())
    throw new AppError('invalid-field', { field });
  return value;
}

function placeOf(form: Form): { lon: number; lat: number } | null {
  const [lat, lon] = [text(form, 'lat', 40), text(form, 'long', 40)];
  if (lat === '' && lon === '') return null;
  const place = { lat: Number(lat), lon: Number(lon) };
  if (lat === '' || !(Math.abs(place.lat) <= 90)) throw new AppError('invalid-field', { field: 'lat' });
  if (lon === '' || !(Math.abs(place.lon) <= 180)) throw new AppError('invalid-field', { field: 'long' });
  return place;
}

/** An area of ours named by its code in `address_id`; else the whole town, where a dispatcher places it. */
function areaOf(rt: Runtime, form: Form): string {
  const index = areaIndex(rt);
  const code = text(form, 'address_id', 60);
  if (code !== '') {
    const area = index.byCode(code);
    if (!area) throw new AppError('invalid-field', { field: 'address_id' });
    return area.id;
  }
  if (text(form, 'address_string', 200) === '')
    throw new AppError('invalid-field', {
      field: 'lat',
      details: { problem: 'lat and long, address_string or address_id' },
    });
  const town = index.all().find((area) => area.level === 'town') ?? index.root();
  if (!town) throw new AppError('unavailable');
  return town.id;
}

function phoneOf(form: Form): string | undefined {
  const phone = text(form, 'phone', 40).replace(/[\s().]/g, '');
  if (phone === '') return undefined;
  if (!/^\+?[0-9-]{5,20}$/.test(phone)) throw new AppError('invalid-field', { field: 'phone' });
  return phone;
}

/** A link is handed on as text: the server fetches nothing that a client names. */
function withMedia(description: string, media: string): string {
  if (media === '') return description;
  if (!/^https?:\/\/\S+$/.test(media)) throw new AppError('invalid-field', { field: 'media_url' });
  return `${description}\n附件：${media}`.slice(0, maxDescription);
}

/**
 * Names, e-mail and device of the sender are not kept: nothing here needs them.
 *
 * @param idempotencyKey of the client, so that a repeated request is one incident
 * @throws AppError `wrong-credentials` (no, a wrong or a revoked key), `not-found` (service_code),
 *   `invalid-field`, `text-too-long`, `place-outside`, `key-reused`
 */
export async function receiveRequest(
  rt: Runtime,
  form: Form,
  idempotencyKey: string | undefined,
  address: string,
): Promise<{ number: string; replayed: boolean }> {
  const client = await clientByKey(rt, form.get('api_key') ?? '');
  if (!client) throw new AppError('wrong-credentials', { field: 'api_key' });
  const { category } = serviceWith(
    (await rt.system('integrations', categoriesOf)).list,
    text(form, 'service_code', 60),
  );
  const place = placeOf(form);
  const phone = phoneOf(form);
  const addressText = text(form, 'address_string', 200);
  const description = withMedia(
    text(form, 'description', maxDescription) || category.name.zh,
    text(form, 'media_url', 500),
  );
  // The client's own words may be anything; hashed they fit and cannot pose as another client's.
  const own = idempotencyKey === undefined ? newId() : createHash('sha256').update(idempotencyKey).digest('base64url');
  const made = await rt.system('integrations', (tx) =>
    reportIncident(tx, `open311:${client.id}:${own}`, {
      categoryCode: category.code,
      description,
      ...(place ? { place } : { areaId: areaOf(rt, form) }),
      ...(addressText === '' ? {} : { address: addressText }),
      ...(phone === undefined ? { anonymous: true } : { reporterPhone: phone }),
      by: { kind: 'client', id: client.id, name: client.name, posts: [], address },
    }),
  );
  return { number: made.number, replayed: made.replayed };
}

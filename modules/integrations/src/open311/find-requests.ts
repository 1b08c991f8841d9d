/** What the public may read of incidents: the kind, how far it is, and the micro-grid. */
import { areaIndex } from '@wangge/areas';
import { categoriesOf, incidentForReceipt, publicReleases } from '@wangge/incidents';
import { incidentStates, type IncidentState } from '@wangge/incidents/contract';
import { sql, type Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { maxRequests, statesWith, statusOf } from '../rules.ts';
import { type Entry, w3cTime } from './answers.ts';
import { publicCodes } from './services.ts';

export interface RequestFilter {
  /** Numbers of incidents; they overrule everything else. */
  readonly ids?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly status?: 'open' | 'closed' | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}
interface Row {
  readonly id: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly code: string;
  readonly areaId: string | null;
  readonly reported: Date;
  readonly updated: Date;
  readonly deadline: Date | null;
}
// One that was merged is as far as the one that stayed: nothing is closed by being found a second time.
const columns = sql`i.id, i.number, coalesce(kept.state, i.state) as state, i.category_code as code,
  i.responsible_area_id as "areaId", i.reported_at as reported, coalesce(kept.updated_at, i.updated_at) as updated,
  coalesce(kept.deadline_at, i.deadline_at) as deadline`;
const tables = sql`incidents_incidents i left join incidents_incidents kept
  on i.merged_into is not null and kept.id = incidents_root(i.id)`;

/** Newest first, at most 1,000. Runs as the platform: the filter by public categories is the permission. */
export async function findRequests(tx: Tx, filter: RequestFilter): Promise<Entry[]> {
  const { list } = await categoriesOf(tx);
  const allowed = publicCodes(list);
  const codes = filter.codes === undefined ? allowed : allowed.filter((code) => filter.codes?.includes(code));
  const rows =
    filter.ids !== undefined
      ? await tx.rows<Row>(sql`
          select ${columns} from ${tables}
          where i.number = any(${[...filter.ids]}::text[]) and i.category_code = any(${allowed}::text[])
          order by i.reported_at desc, i.id desc limit ${maxRequests}`)
      : await tx.rows<Row>(sql`
          select ${columns} from ${tables}
          where i.category_code = any(${codes}::text[]) and i.reported_at >= ${new Date(filter.fromMs)}
            and i.reported_at <= ${new Date(filter.toMs)}
            and coalesce(kept.state, i.state) = any(${filter.status === undefined ? Object.keys(incidentStates) : statesWith(filter.status)}::text[])
          order by i.reported_at desc, i.id desc limit ${maxRequests}`);
  return entriesOf(tx, rows);
}

/** The number behind a receipt's token; null where there is none, or its kind is not public. */
export async function numberByToken(tx: Tx, token: string): Promise<string | null> {
  if (!/^[\w-]{16,64}$/.test(token)) return null;
  return (await incidentForReceipt(tx, { token }))?.number ?? null;
}

async function entriesOf(tx: Tx, rows: readonly Row[]): Promise<Entry[]> {
  const categories = await categoriesOf(tx);
  const departments = await departmentsById(tx);
  // What the reporter wrote is not even read: the public has a text of its own.
  const releases = await publicReleases(
    tx,
    rows.map((row) => row.id),
  );
  const index = areaIndex(tx.rt);
  return rows.map((row) => {
    const category = categories.get(row.code);
    const area = row.areaId === null ? null : index.get(row.areaId);
    const release = releases.get(row.id);
    const photo = release?.photos[0];
    // A place is the middle of its micro-grid: nobody's door. Whole towns have no middle worth a pin.
    const middle = area === null || area.level === 'town' || area.level === 'county' ? null : area.center;
    return {
      service_request_id: row.number,
      status: statusOf(row.state),
      status_notes: incidentStates[row.state].zh,
      service_name: category?.name.zh ?? row.code,
      service_code: row.code,
      description: release?.publicText ?? null,
      agency_responsible: departments.get(category?.departmentId ?? '')?.name ?? null,
      service_notice: null,
      requested_datetime: w3cTime(row.reported.getTime()),
      updated_datetime: w3cTime(row.updated.getTime()),
      expected_datetime: row.deadline === null ? null : w3cTime(row.deadline.getTime()),
      address: area?.name ?? null,
      address_id: area?.code ?? null,
      zipcode: null,
      lat: middle?.lat ?? null,
      long: middle?.lon ?? null,
      media_url: photo === undefined ? null : `${tx.rt.config.publicUrl}${photo.url}`,
    };
  });
}

/** What phones said of the time: kept beside the timeline, never changed. */
import { sql, type Tx } from '@wangge/kernel';
import type { ByPhone, PhoneTime } from '../contract/phone-time.ts';
import { asPlatform } from '../platform.ts';

/** Keeps the phone's word with an entry that has just been written; received now. */
export async function keepPhoneTime(tx: Tx, incidentId: string, entryId: string, told: PhoneTime): Promise<void> {
  await asPlatform(tx, () =>
    tx.run(sql`insert into incidents_phone_times
        (entry_id, incident_id, phone_at, clock_offset_ms, contact_at, received_at)
      values (${entryId}, ${incidentId}, ${new Date(told.phoneMs)}, ${told.clockOffsetMs}, ${new Date(told.contactMs)},
        ${new Date(tx.nowMs)})`),
  );
}

/** The same for a report, whose first entry says when it was. */
export async function keepReportTime(tx: Tx, incidentId: string, told: PhoneTime): Promise<void> {
  const { id } = await asPlatform(tx, () =>
    tx.one<{ id: string }>(sql`select id from incidents_history where incident_id = ${incidentId} and move = 'report'`),
  );
  await keepPhoneTime(tx, incidentId, id, told);
}

/** By entry. */
export async function phoneTimesOf(tx: Tx, incidentId: string): Promise<Map<string, ByPhone>> {
  const rows = await tx.rows<ByPhone & { entryId: string }>(sql`
    select entry_id as "entryId", incidents_ms(phone_at) as "phoneMs", clock_offset_ms::float8 as "clockOffsetMs",
      incidents_ms(contact_at) as "contactMs", incidents_ms(received_at) as "receivedMs"
    from incidents_phone_times where incident_id = ${incidentId}`);
  return new Map(rows.map(({ entryId, ...byPhone }) => [entryId, byPhone]));
}

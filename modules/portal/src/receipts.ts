/** Which form made which incident, and which phone reported what. */
import { sql, type Tx } from '@wangge/kernel';

export interface ReceiptRow {
  readonly clientKey: string;
  readonly incidentId: string;
  readonly phoneIndex: string | null;
}
const columns = sql`client_key as "clientKey", incident_id as "incidentId", phone_index as "phoneIndex"`;

/** In the transaction that made the incident; again for the same form changes nothing. */
export async function addReceipt(tx: Tx, receipt: ReceiptRow): Promise<void> {
  await tx.run(sql`
    insert into portal_receipts (client_key, incident_id, phone_index, created_at)
    values (${receipt.clientKey}, ${receipt.incidentId}, ${receipt.phoneIndex}, ${new Date(tx.nowMs)})
    on conflict (client_key) do nothing`);
}
export function receiptByKey(tx: Tx, clientKey: string): Promise<ReceiptRow | undefined> {
  return tx.maybe(sql`select ${columns} from portal_receipts where client_key = ${clientKey}`);
}
/** Newest first. */
export function receiptsOfPhone(tx: Tx, phoneIndex: string, limit: number): Promise<ReceiptRow[]> {
  return tx.rows(sql`
    select ${columns} from portal_receipts where phone_index = ${phoneIndex}
    order by created_at desc, client_key desc limit ${limit}`);
}

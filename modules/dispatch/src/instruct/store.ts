/** Rows of instructions and receipts. */
import { sql, type Tx } from '@wangge/kernel';

export interface InstructionRow {
  readonly id: string;
  readonly atMs: number;
  readonly authorId: string;
  readonly authorName: string;
  readonly areaPath: string;
  readonly areaName: string;
  readonly text: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly needsConfirm: boolean;
}
export interface ReceiptRow {
  readonly instructionId: string;
  readonly accountId: string;
  readonly name: string;
  readonly toldAtMs: number;
  readonly readAtMs: number | null;
  readonly confirmedAtMs: number | null;
  readonly reminders: number;
  readonly remindedAtMs: number | null;
}
const columns = sql`i.id, incidents_ms(i.at) as "atMs", i.author_id as "authorId", i.author_name as "authorName",
  i.area_path as "areaPath", i.area_name as "areaName", i.text, i.lon, i.lat, i.needs_confirm as "needsConfirm"`;

export function findInstruction(tx: Tx, id: string): Promise<InstructionRow> {
  return tx.one(sql`select ${columns} from dispatch_instructions i where i.id = ${id}`);
}
/** Given by this account, or below these areas; the latest hundred. */
export function latestInstructions(
  tx: Tx,
  accountId: string | null,
  paths: readonly string[],
): Promise<InstructionRow[]> {
  return tx.rows(sql`select ${columns} from dispatch_instructions i
    where i.author_id = ${accountId}
      or exists (select 1 from unnest(${[...paths]}::text[]) as p(path) where starts_with(i.area_path, p.path))
    order by i.at desc, i.id desc limit 100`);
}
export function instructionsTo(
  tx: Tx,
  accountId: string | null,
  sinceMs: number,
): Promise<(InstructionRow & ReceiptRow)[]> {
  return tx.rows(sql`select ${columns}, r.instruction_id as "instructionId", r.account_id as "accountId", r.name,
      incidents_ms(r.told_at) as "toldAtMs", incidents_ms(r.read_at) as "readAtMs",
      incidents_ms(r.confirmed_at) as "confirmedAtMs", r.reminders, incidents_ms(r.reminded_at) as "remindedAtMs"
    from dispatch_receipts r join dispatch_instructions i on i.id = r.instruction_id
    where r.account_id = ${accountId} and r.told_at > ${new Date(sinceMs)}
    order by r.told_at desc, i.id desc limit 100`);
}
export function receiptsOf(tx: Tx, ids: readonly string[]): Promise<ReceiptRow[]> {
  return tx.rows(sql`select instruction_id as "instructionId", account_id as "accountId", name,
      incidents_ms(told_at) as "toldAtMs", incidents_ms(read_at) as "readAtMs",
      incidents_ms(confirmed_at) as "confirmedAtMs", reminders, incidents_ms(reminded_at) as "remindedAtMs"
    from dispatch_receipts where instruction_id = any(${[...ids]}::uuid[]) order by name, account_id`);
}

/** @returns false when an instruction of this name is there already */
export async function insertInstruction(
  tx: Tx,
  i: InstructionRow & { readonly photos: number },
  people: readonly { readonly id: string; readonly name: string }[],
): Promise<boolean> {
  const at = new Date(i.atMs);
  const made = await tx.run(sql`insert into dispatch_instructions (id, at, author_id, author_name, area_path, area_name,
      text, lon, lat, needs_confirm, photo_count)
    values (${i.id}, ${at}, ${i.authorId}, ${i.authorName}, ${i.areaPath}, ${i.areaName}, ${i.text}, ${i.lon}, ${i.lat},
      ${i.needsConfirm}, ${i.photos}) on conflict (id) do nothing`);
  if (made === 0) return false;
  await tx.run(sql`insert into dispatch_receipts (instruction_id, account_id, name, told_at)
    select ${i.id}, p.id, p.name, ${at} from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(id uuid, name text)`);
  return true;
}

/** The first time counts. @returns whether anything changed */
export async function markReceipt(tx: Tx, id: string, atMs: number, confirmed: boolean): Promise<boolean> {
  const at = new Date(atMs);
  const changed = await tx.run(sql`update dispatch_receipts set read_at = coalesce(read_at, ${at}),
      confirmed_at = coalesce(confirmed_at, ${confirmed ? at : null}::timestamptz)
    where instruction_id = ${id} and account_id = ${tx.actor.id}
      and (read_at is null or (${confirmed} and confirmed_at is null))`);
  return changed === 1;
}
export async function markReminded(tx: Tx, id: string, accountIds: readonly string[]): Promise<void> {
  await tx.run(sql`update dispatch_receipts set reminders = reminders + 1, reminded_at = ${new Date(tx.nowMs)}
    where instruction_id = ${id} and account_id = any(${[...accountIds]}::uuid[])`);
}

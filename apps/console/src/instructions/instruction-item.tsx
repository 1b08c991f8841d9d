import { newId } from '@wangge/contract-kit';
import { type InstructionWithReceipts, listInstructions, remindOfInstruction } from '@wangge/dispatch/contract';
import { instructTexts } from '@wangge/texts/console';
import { formatTime, useSend, useTexts } from '@wangge/ui';
import { App, Button } from 'antd';
import { FormProblem } from '../common/form-problem.tsx';
import { Photos } from '../incident/photos.tsx';

/** One instruction: how many have read and confirmed it, and each person on demand. */
export function InstructionItem({ instruction }: { instruction: InstructionWithReceipts }) {
  const t = useTexts(instructTexts);
  const { message } = App.useApp();
  const remind = useSend(remindOfInstruction, [listInstructions]);
  const { receipts, needsConfirm, place } = instruction;
  const all = receipts.length;
  const read = receipts.filter((r) => r.readAtMs !== null).length;
  const confirmed = receipts.filter((r) => r.confirmedAtMs !== null).length;
  return (
    <li className="whistle">
      <p className="county-text">
        <strong>{instruction.text}</strong>
      </p>
      <Photos photos={instruction.photos} label={false} />
      <div className="clock-head">
        <span className="clock-state">{t.read(read, all)}</span>
        {needsConfirm ? <span className="clock-state">{t.confirmed(confirmed, all)}</span> : null}
        <span className="muted">
          {t.by(instruction.authorName, instruction.areaName, formatTime(instruction.atMs))}
        </span>
        {place === null ? null : (
          <span className="muted">
            {t.at} {place.lat.toFixed(6)}, {place.lon.toFixed(6)}
          </span>
        )}
        {instruction.mayRemind ? (
          <Button
            size="small"
            loading={remind.isPending}
            onClick={() =>
              remind.mutate(
                { params: { id: instruction.id }, body: { clientKey: newId() } },
                { onSuccess: ({ reminded }) => void message.success(t.reminded(reminded)) },
              )
            }
          >
            {t.remind}
          </Button>
        ) : null}
      </div>
      <FormProblem error={remind.error} />
      <details className="receipts">
        <summary>{t.who}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.person}</th>
              <th scope="col">{t.readAt}</th>
              {needsConfirm ? <th scope="col">{t.confirmedAt}</th> : null}
              <th scope="col">{t.reminders}</th>
            </tr>
          </thead>
          <tbody>
            {receipts.map((r) => (
              <tr key={r.accountId}>
                <td>{r.name}</td>
                <td>{r.readAtMs === null ? t.not : formatTime(r.readAtMs)}</td>
                {needsConfirm ? (
                  <td>{r.confirmedAtMs === null ? t.notConfirmed : formatTime(r.confirmedAtMs)}</td>
                ) : null}
                <td>{r.reminders === 0 ? '' : t.times(r.reminders)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </li>
  );
}

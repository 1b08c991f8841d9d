import { fieldHelpTexts, fieldOutboxTexts, fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed, useWaiting } from '../deeds/use-deed.ts';
import { PositionLine } from '../place/position-line.tsx';
import { usePosition } from '../place/use-position.ts';
import { useMay } from '../session/me.tsx';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

interface Props {
  /** Where one is working; null where it is about no incident. */
  readonly incident: { readonly id: string; readonly number: string } | null;
}

/** One tap to the sheet, one to send: what happened may stay empty, a position may be missing. */
export function AskHelp({ incident }: Props) {
  const t = useTexts(fieldHelpTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const may = useMay('dispatch.ask-help');
  const [open, setOpen] = useState(false);
  const waiting = useWaiting('ask-help', `help ${incident?.id ?? ''}`);
  if (!may) return null;
  return (
    <section className="card">
      <p className="muted">{t.hint}</p>
      <Button block color="danger" fill="outline" disabled={waiting} onClick={() => setOpen(true)}>
        {waiting ? outbox.tag : t.button}
      </Button>
      {open ? <HelpSheet incident={incident} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

function HelpSheet({ incident, onClose }: Props & { readonly onClose: () => void }) {
  const t = useTexts(fieldHelpTexts);
  const task = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const position = usePosition();
  const deed = useDeed();
  const [text, setText] = useState('');
  const { fix } = position;
  const submit = (): void => {
    const words = text.trim();
    deed.send(
      {
        name: 'ask-help',
        incidentId: incident?.id ?? null,
        text: words === '' ? null : words,
        place: fix?.place ?? null,
        // Both by the phone's clock, so that it may be wrong.
        placeAgeS: fix ? Math.max(0, Math.round((Date.now() - fix.takenAtMs) / 1000)) : 0,
      },
      incident?.number ?? '',
      onClose,
    );
  };
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="danger" disabled={deed.busy} onClick={submit}>
            {deed.busy ? task.waiting : t.submit}
          </Button>
        </>
      }
    >
      <p>
        <strong>{t.sheetHint}</strong>
      </p>
      <PositionLine position={position} />
      {fix ? null : <p className="muted">{t.noPosition}</p>}
      <TextArea label={t.text} placeholder={t.example} maxLength={100} value={text} onValue={setText} />
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}

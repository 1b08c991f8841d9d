import type { MyInstruction } from '@wangge/dispatch/contract';
import { fieldInstructTexts, fieldOutboxTexts } from '@wangge/texts/field';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed, useWaiting } from '../deeds/use-deed.ts';
import { PhotoRow } from '../photos/photo-row.tsx';
import { navigateLink } from '../place/navigate-link.ts';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';

/** The words come with the tap that says they were read; confirming is a step of its own. */
export function InstructionCard({ instruction }: { instruction: MyInstruction }) {
  const t = useTexts(fieldInstructTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const pick = usePick();
  const deed = useDeed();
  const subject = `instruction ${instruction.id}`;
  const confirming = useWaiting('confirm', subject);
  const [opened, setOpened] = useState(instruction.readAtMs !== null);
  // Not half a character.
  const short = instruction.text.slice(0, 20).replace(/[\ud800-\udbff]$/, '');
  const open = (): void => {
    setOpened(true);
    deed.send({ name: 'read', instructionId: instruction.id }, short);
  };
  return (
    <li className="task-card whistle-card">
      <p className="task-top">
        <strong>{t.by(instruction.authorName, formatTime(instruction.atMs))}</strong>
        {opened ? null : <span className="wg-tag wg-tag-orange">{t.fresh}</span>}
        {confirming ? <span className="wg-tag">{outbox.tag}</span> : null}
      </p>
      {opened ? (
        <>
          <p className="prose">{instruction.text}</p>
          <PhotoRow photos={instruction.photos} />
          {instruction.place ? (
            <a className="wide-link" href={navigateLink(instruction.place, short, navigator.userAgent)}>
              <Icon name="navigate" /> {t.navigate}
            </a>
          ) : null}
          {instruction.needsConfirm && !confirming ? (
            <>
              <p className="muted">{t.needsConfirm}</p>
              <Button
                block
                color="primary"
                disabled={deed.busy}
                onClick={() => deed.send({ name: 'confirm', instructionId: instruction.id }, short)}
              >
                {t.confirm}
              </Button>
            </>
          ) : null}
        </>
      ) : (
        <>
          <p className="task-text">{short}…</p>
          <Button block onClick={open}>
            {t.open}
          </Button>
        </>
      )}
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </li>
  );
}

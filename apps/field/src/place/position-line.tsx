import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Icon } from '../shell/icons.tsx';
import { restartPosition, type Position } from './position.ts';

/** What the phone knows of where it is, in words, with a way to try again. */
export function PositionLine({ position }: { position: Position }) {
  const t = useTexts(fieldShellTexts).place;
  const failed = position.state === 'denied' || position.state === 'unavailable';
  return (
    <div className="position-line">
      <p role="status">
        <Icon name="locate" size={20} />{' '}
        {position.state === 'known'
          ? t.accuracy(Math.round(position.fix.place.accuracyM ?? 0))
          : position.state === 'off'
            ? t.seeking
            : t[position.state]}
      </p>
      {failed || position.state === 'known' ? (
        <button type="button" className="text-button" onClick={restartPosition}>
          {t.again}
        </button>
      ) : null}
    </div>
  );
}

import { linkStates, type LinkState } from '@wangge/video/contract';
import { usePick } from '@wangge/ui';
import { linkMarks } from './common.ts';

/** The state of a camera's line: mark and word, or the mark alone with its word for readers. */
export function LinkTag({ link, short = false }: { link: LinkState; short?: boolean }) {
  const word = usePick()(linkStates[link]);
  return (
    <span className={`video-link video-link-${link}`} title={word}>
      <span aria-hidden="true">{linkMarks[link]}</span>
      {short ? <span className="hidden">{word}</span> : ` ${word}`}
    </span>
  );
}

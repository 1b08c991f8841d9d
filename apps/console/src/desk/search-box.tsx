import { deskTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { characters } from '../common/characters.ts';
import { searchBoxId } from './desk-search.ts';

interface Props {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Searches while one types; waits for the end of a word's composition (pinyin) and for two characters. */
export function SearchBox({ value, onChange }: Props) {
  const t = useTexts(deskTexts).filter;
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address changed elsewhere (back, cleared): follow it.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (next: string): void => {
    clearTimeout(timer.current);
    const trimmed = next.trim();
    if (composing.current || characters(trimmed) === 1) return;
    timer.current = setTimeout(() => onChange(trimmed), 250);
  };
  const short = characters(text) === 1;
  return (
    <Input
      id={searchBoxId}
      type="search"
      allowClear
      maxLength={100}
      aria-label={t.text}
      placeholder={t.textHint}
      value={text}
      {...(short ? { suffix: <span className="search-short">{t.tooShort}</span> } : {})}
      onCompositionStart={() => (composing.current = true)}
      onCompositionEnd={(event) => {
        composing.current = false;
        tell(event.currentTarget.value);
      }}
      onChange={(event) => {
        setText(event.target.value);
        tell(event.target.value);
      }}
      onPressEnter={() => tell(text)}
    />
  );
}

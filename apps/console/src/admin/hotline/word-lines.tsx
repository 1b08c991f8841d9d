import { hotlineTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button, Input } from 'antd';
import { CategorySelect } from '../../common/category-select.tsx';

export interface WordLine {
  readonly word: string;
  readonly code?: string | undefined;
}
interface Props {
  readonly value?: readonly WordLine[];
  readonly onChange?: (lines: WordLine[]) => void;
  /** Words that stand in the sample file. */
  readonly samples: readonly string[];
}

/** Their word for a category, and ours. Words of the sample that have no line yet are offered below. */
export function WordLines({ value = [], onChange, samples }: Props) {
  const t = useTexts(hotlineTexts);
  const missing = samples.filter((word) => !value.some((line) => line.word === word));
  const change = (at: number, line: WordLine): void => onChange?.(value.map((each, i) => (i === at ? line : each)));
  return (
    <div className="hotline-words">
      {value.map((line, i) => (
        <div key={i} className="hotline-word">
          <Input
            aria-label={`${t.word} ${i + 1}`}
            value={line.word}
            maxLength={100}
            onChange={(event) => change(i, { ...line, word: event.target.value })}
          />
          <CategorySelect
            label={`${t.words} ${line.word}`}
            {...(line.code === undefined ? {} : { value: line.code })}
            onChange={(code) => change(i, { ...line, code })}
          />
          <Button
            size="small"
            aria-label={t.removeWord(line.word)}
            onClick={() => onChange?.(value.filter((_, at) => at !== i))}
          >
            ✕
          </Button>
        </div>
      ))}
      <div className="hotline-tools">
        {missing.map((word) => (
          <Button key={word} size="small" type="dashed" onClick={() => onChange?.([...value, { word }])}>
            ＋ {word}
          </Button>
        ))}
        <Button size="small" onClick={() => onChange?.([...value, { word: '' }])}>
          {t.addWord}
        </Button>
      </div>
    </div>
  );
}

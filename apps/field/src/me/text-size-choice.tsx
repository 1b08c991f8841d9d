import { fieldMeTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';
import { Choice } from '../shell/choice.tsx';
import { keepTextSize, storedTextSize, textSizes, type TextSize } from '../shell/text-size.ts';

export function TextSizeChoice() {
  const t = useTexts(fieldMeTexts).textSize;
  const [size, setSize] = useState(storedTextSize);
  const options = (Object.keys(textSizes) as TextSize[]).map((value) => ({ value, label: t[value] }));
  return (
    <Choice
      label={t.title}
      value={size}
      options={options}
      onValue={(next) => {
        keepTextSize(next);
        setSize(next);
      }}
    />
  );
}

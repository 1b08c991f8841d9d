import type { Place } from '@wangge/contract-kit';
import { instructTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { PlacePicker } from '../incident/place-picker.tsx';

interface Props {
  readonly value?: Place;
  readonly onChange?: (place: Place | undefined) => void;
  /** Where the map begins. */
  readonly focusAreaId: string | null;
  readonly id?: string;
}

/** A place that may stay open: the map comes when somebody asks for it. Works as a form's field. */
export function PlaceField({ value, onChange, focusAreaId, id }: Props) {
  const t = useTexts(instructTexts);
  const [open, setOpen] = useState(false);
  // Not by the field's identifier: its label would take the place of the button's own words.
  if (!open) return <Button onClick={() => setOpen(true)}>{t.choosePlace}</Button>;
  return (
    <>
      <PlacePicker
        label={t.place}
        hint={t.placeHint}
        {...(id === undefined ? {} : { id })}
        focusAreaId={value ? null : focusAreaId}
        {...(value ? { value } : {})}
        onChange={(place) => onChange?.(place)}
      />
      <Button
        size="small"
        onClick={() => {
          setOpen(false);
          onChange?.(undefined);
        }}
      >
        {t.noPlace}
      </Button>
    </>
  );
}

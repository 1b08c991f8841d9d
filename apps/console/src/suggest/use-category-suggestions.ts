import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';
import { lessonChanged, suggestCategories, type CategorySuggestions } from '@wangge/incidents/contract';
import { useEffect, useState } from 'react';
import { useMay } from '../session/me.tsx';

export interface Asked {
  readonly text: string;
  readonly place?: Place | null | undefined;
  readonly areaId?: string | null | undefined;
}
/** Long enough that nobody is asked for every letter, short enough to be there with the last one. */
const pauseMs = 250;
const leastChars = 2;

/** What the text suggests once its writer pauses; undefined while there is nothing to say. */
export function useCategorySuggestions({ text, place, areaId }: Asked): CategorySuggestions | undefined {
  const may = useMay();
  const settled = useSettled(text.trim(), pauseMs);
  const body = {
    text: settled,
    ...(place ? { place: { lon: place.lon, lat: place.lat } } : {}),
    ...(areaId ? { areaId } : {}),
  };
  const enabled = settled.length >= leastChars && may('incidents.report');
  const { data } = useQuery({
    queryKey: [suggestCategories.path, body],
    queryFn: ({ signal }) => call(suggestCategories, { body }, { signal }),
    enabled,
    staleTime: 300_000,
    gcTime: 300_000,
    // A form goes on without suggestions.
    retry: false,
    meta: { live: { types: [lessonChanged.type] } },
    placeholderData: keepPreviousData,
  });
  return enabled ? data : undefined;
}

function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

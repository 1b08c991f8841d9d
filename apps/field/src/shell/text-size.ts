/** Sizes of the text, as a share of what the phone itself is set to: everything is laid out in rem. */
export const textSizes = { normal: 100, large: 125, larger: 150 } as const;
export type TextSize = keyof typeof textSizes;

const storageKey = 'wangge.field.text-size';

export function storedTextSize(): TextSize {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept !== null && Object.hasOwn(textSizes, kept) ? (kept as TextSize) : 'normal';
  } catch {
    return 'normal';
  }
}

/** Percent of the phone's own setting, never pixels, so that both enlargements count. */
export function applyTextSize(size: TextSize): void {
  document.documentElement.style.fontSize = `${textSizes[size]}%`;
  document.documentElement.dataset['text'] = size;
}

export function keepTextSize(size: TextSize): void {
  applyTextSize(size);
  try {
    localStorage.setItem(storageKey, size);
  } catch {
    // A private window without storage still switches for the page.
  }
}

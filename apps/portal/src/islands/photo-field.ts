/** The photos of a report: one can see them, take one back, and they are made small before they travel. */
import { h, render, type VNode } from 'preact';
import { exifPlace } from './exif-place.ts';
import { shrink } from './shrink.ts';

interface Chosen {
  readonly id: number;
  readonly file: File;
  /** Null where the browser cannot show it. */
  readonly url: string | null;
}

/** Takes in chosen files once `before` is over; done when all are small and in the field. */
export type TakeIn = (added: readonly File[], before: Promise<void>) => Promise<void>;

export function photoField(element: HTMLElement, input: HTMLInputElement, list: HTMLElement): TakeIn {
  const words = element.dataset;
  const kept = element.querySelectorAll('input[name="kept"]').length;
  const most = Number(words['most']) - kept;
  let chosen: readonly Chosen[] = [];
  let busy = 0;
  let problem = '';
  let nextId = 1;

  const show = (): void => {
    const files = new DataTransfer();
    for (const photo of chosen) files.items.add(photo.file);
    input.files = files.files;
    render(view(), list);
  };
  const remove = (photo: Chosen): void => {
    if (photo.url !== null) URL.revokeObjectURL(photo.url);
    chosen = chosen.filter((other) => other !== photo);
    problem = '';
    show();
    input.focus();
  };
  const view = (): VNode =>
    h('div', null, [
      h('p', { class: 'hint', role: 'status' }, busy > 0 ? words['busy'] : problem),
      h(
        'ul',
        { class: 'photos' },
        chosen.map((photo, i) =>
          h('li', { key: photo.id }, [
            photo.url === null
              ? h('p', { class: 'hint' }, words['unreadable'])
              : h('img', {
                  src: photo.url,
                  alt: (words['one'] ?? '').replace('0', String(i + 1)),
                  width: 96,
                  height: 96,
                }),
            h('button', { type: 'button', onClick: () => remove(photo) }, words['remove']),
          ]),
        ),
      ),
    ]);

  const take = async (file: File): Promise<void> => {
    busy++;
    show();
    try {
      notePlace(element, exifPlace(await file.slice(0, 131_072).arrayBuffer()));
      const small = await shrink(file);
      chosen = [...chosen, { id: nextId++, file: small, url: URL.createObjectURL(small) }];
    } catch {
      // HEIC on an old phone, for instance: the server knows more formats than this browser.
      if (file.size <= Number(words['mostBytes'])) chosen = [...chosen, { id: nextId++, file, url: null }];
      else problem = words['tooLarge'] ?? '';
    }
    busy--;
    show();
  };
  return (added, before) => {
    const room = most - chosen.length - busy;
    problem = added.length > room ? (words['tooMany'] ?? '') : '';
    show();
    const taken = added.slice(0, Math.max(0, room));
    return taken.reduce((done, file) => done.then(() => take(file)), before);
  };
}

/** Shrinking loses the photo's place, so the form carries it. The first one counts. */
function notePlace(element: HTMLElement, place: { lon: number; lat: number } | null): void {
  if (!place || element.querySelector('input[name="photolon"]')) return;
  for (const [name, value] of [
    ['photolon', place.lon],
    ['photolat', place.lat],
  ] as const) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value.toFixed(7);
    element.append(field);
  }
}

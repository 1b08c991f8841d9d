/** Line icons of the phone page, 24 × 24. They always stand beside or inside something with a name. */
const paths = {
  tasks: 'M5 4h14v16H5z M8.5 9l1.5 1.5 3-3 M8.5 15l1.5 1.5 3-3 M15 10h1.5 M15 16h1.5',
  report: 'M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4z M12 16a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  map: 'M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20z M9 4v13.5 M15 6.5V20',
  me: 'M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6z M4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  close: 'M6 6l12 12 M18 6 6 18',
  navigate: 'M20 4 4 11l7 2 2 7z',
  locate: 'M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10z M12 3v4 M12 17v4 M3 12h4 M17 12h4',
  place: 'M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11z M12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  album: 'M4 5h16v14H4z M4 16l4.5-4.5 4 4 2.5-2.5 5 5 M15.5 9.5h.01',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z',
  'eye-off': 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z M4 20 20 4',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M12 7.5V12l3 2',
  pause: 'M8.5 5v14 M15.5 5v14',
  check: 'M5 12.5l4.5 4.5L19 7',
  phone: 'M7 3h10v18H7z M11 18h2',
  enlarge: 'M9 4H4v5 M15 4h5v5 M9 20H4v-5 M15 20h5v-5',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      // In rem, so that icons grow with the text.
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

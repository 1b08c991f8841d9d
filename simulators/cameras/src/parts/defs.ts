/** Gradients and filters that all drawings share. */
const linear = (id: string, top: string, bottom: string): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;

/** Dark at both edges: makes a flat shape look round. */
const round = `<linearGradient id="round" x1="0" x2="1"><stop offset="0" stop-color="#000" stop-opacity=".22"/><stop offset=".35" stop-color="#fff" stop-opacity=".16"/><stop offset=".65" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".34"/></linearGradient>`;
const sheen = `<linearGradient id="sheen" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".38"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></linearGradient>`;
const skin = `<radialGradient id="skin" cx=".4" cy=".4"><stop offset="0" stop-color="#f0c8a6"/><stop offset="1" stop-color="#bd8763"/></radialGradient>`;
const ball = `<radialGradient id="ball" cx=".35" cy=".3"><stop offset="0" stop-color="#fff" stop-opacity=".35"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></radialGradient>`;
const grain = `<filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".85" numOctaves="2" seed="11"/><feColorMatrix values="0 0 0 0 .45 0 0 0 0 .45 0 0 0 0 .45 .3 .3 0 0 0"/></filter>`;
const rough = `<filter id="rough" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".03 .12" numOctaves="4" seed="5"/><feColorMatrix values="0 0 0 0 .12 0 0 0 0 .14 0 0 0 0 .08 0 0 0 .8 -.22"/><feComposite operator="in" in2="SourceGraphic"/></filter>`;
const stony = `<filter id="stony" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".09 .11" numOctaves="3" seed="9"/><feColorMatrix values="0 0 0 0 .1 0 0 0 0 .1 0 0 0 0 .1 0 0 0 .7 -.2"/><feComposite operator="in" in2="SourceGraphic"/></filter>`;

export const defs = `<defs>${[
  linear('sky', '#8fb6d6', '#e3ecef'),
  linear('haze', '#b9c8cf', '#e9ebe4'),
  linear('water', '#7fa6b3', '#2c5563'),
  linear('grass', '#8aa765', '#577a3f'),
  linear('asphalt', '#75777a', '#4e5053'),
  linear('paving', '#c9c3b6', '#a39d8f'),
  linear('wall', '#e4ddcf', '#c2b9a8'),
  linear('glass', '#9fb8c6', '#4c6676'),
  linear('soil', '#a98e6a', '#7c6445'),
  round,
  sheen,
  skin,
  ball,
  grain,
  rough,
  stony,
].join('')}</defs>`;

import { GbError } from '../error.ts';

/** Front-end control (GB/T 28181-2016 annex A.3). Speeds are 0–255, zoom speed 0–15, numbers 0–255. */
export type PtzCommand =
  /** Left and down are negative; zoom in is positive. All 0 stops. */
  | { readonly type: 'move'; readonly pan: number; readonly tilt: number; readonly zoom: number }
  /** Opening the iris and focusing far are positive. */
  | { readonly type: 'lens'; readonly iris: number; readonly focus: number }
  | { readonly type: 'preset'; readonly action: 'set' | 'call' | 'delete'; readonly preset: number }
  | { readonly type: 'cruise'; readonly action: 'add' | 'delete'; readonly cruise: number; readonly preset: number }
  /** Speed, or dwell in seconds, 0–4095. */
  | { readonly type: 'cruise'; readonly action: 'speed' | 'dwell'; readonly cruise: number; readonly value: number }
  | { readonly type: 'cruise'; readonly action: 'start'; readonly cruise: number }
  | { readonly type: 'scan'; readonly action: 'start' | 'left' | 'right'; readonly scan: number }
  | { readonly type: 'scan'; readonly action: 'speed'; readonly scan: number; readonly value: number }
  /** Switch 1 is the wiper. */
  | { readonly type: 'aux'; readonly on: boolean; readonly aux: number };

const bit = { right: 0x01, left: 0x02, down: 0x04, up: 0x08, zoomIn: 0x10, zoomOut: 0x20 } as const;
const lens = { mark: 0x40, focusFar: 0x01, focusNear: 0x02, irisOpen: 0x04, irisClose: 0x08 } as const;
const presetCodes = { set: 0x81, call: 0x82, delete: 0x83 } as const;
const cruiseCodes = { add: 0x84, delete: 0x85, speed: 0x86, dwell: 0x87, start: 0x88 } as const;
const scanParts = { start: 0, left: 1, right: 2 } as const;

/** The sixteen hexadecimal digits of PTZCmd. @throws GbError `value` when a number is out of range */
export function encodePtz(command: PtzCommand): string {
  const [code, first, second, high] = bytesOf(command);
  const bytes = [0xa5, 0x0f, 0x01, code, first, second, high << 4];
  const sum = bytes.reduce((total, byte) => total + byte, 0) % 256;
  return Buffer.from([...bytes, sum])
    .toString('hex')
    .toUpperCase();
}

/** Code, bytes 5 and 6, high half of byte 7. */
function bytesOf(command: PtzCommand): [number, number, number, number] {
  switch (command.type) {
    case 'move':
      return moveBytes(command);
    case 'lens': {
      const { iris, focus } = command;
      const code = lens.mark | sign(iris, lens.irisOpen, lens.irisClose) | sign(focus, lens.focusFar, lens.focusNear);
      return [code, within(Math.abs(focus), 255), within(Math.abs(iris), 255), 0];
    }
    case 'preset':
      return [presetCodes[command.action], 0, within(command.preset, 255), 0];
    case 'cruise':
      if ('value' in command) return long(cruiseCodes[command.action], command.cruise, command.value);
      return [
        cruiseCodes[command.action],
        within(command.cruise, 255),
        'preset' in command ? within(command.preset, 255) : 0,
        0,
      ];
    case 'scan':
      if ('value' in command) return long(0x8a, command.scan, command.value);
      return [0x89, within(command.scan, 255), scanParts[command.action], 0];
    case 'aux':
      return [command.on ? 0x8c : 0x8d, within(command.aux, 255), 0, 0];
  }
}

function moveBytes({ pan, tilt, zoom }: { pan: number; tilt: number; zoom: number }): [number, number, number, number] {
  const code = sign(pan, bit.right, bit.left) | sign(tilt, bit.up, bit.down) | sign(zoom, bit.zoomIn, bit.zoomOut);
  return [code, within(Math.abs(pan), 255), within(Math.abs(tilt), 255), within(Math.abs(zoom), 15)];
}

/** Twelve bits: the low eight in byte 6, the high four in byte 7. */
function long(code: number, group: number, value: number): [number, number, number, number] {
  within(value, 4095);
  return [code, within(group, 255), value & 0xff, value >> 8];
}

const sign = (value: number, positive: number, negative: number): number =>
  value > 0 ? positive : value < 0 ? negative : 0;

function within(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new GbError('value', `${value} is not within 0–${max}`);
  return value;
}

/** @throws GbError `value`: not eight bytes, another first byte, wrong sum, unknown code */
export function decodePtz(text: string): PtzCommand {
  const hex = text.replace(/\s+/g, '');
  if (!/^[0-9a-f]{16}$/i.test(hex)) throw new GbError('value', 'PTZCmd is not eight bytes');
  const bytes = Buffer.from(hex, 'hex');
  if (bytes[0] !== 0xa5) throw new GbError('value', 'PTZCmd does not begin with A5');
  const sum = bytes.subarray(0, 7).reduce((total, byte) => total + byte, 0) % 256;
  if (sum !== bytes[7]) throw new GbError('value', 'PTZCmd has a wrong sum');
  return commandOf(bytes[3]!, bytes[4]!, bytes[5]!, bytes[6]! >> 4);
}

function commandOf(code: number, first: number, second: number, high: number): PtzCommand {
  if (code < 0x40) return decodeMove(code, first, second, high);
  if (code < 0x50) {
    const focus = signed(code, lens.focusFar, lens.focusNear, first);
    return { type: 'lens', focus, iris: signed(code, lens.irisOpen, lens.irisClose, second) };
  }
  const value = (high << 8) | second;
  const preset = keyOf(presetCodes, code);
  if (preset) return { type: 'preset', action: preset, preset: second };
  const cruise = keyOf(cruiseCodes, code);
  if (cruise === 'start') return { type: 'cruise', action: cruise, cruise: first };
  if (cruise === 'speed' || cruise === 'dwell') return { type: 'cruise', action: cruise, cruise: first, value };
  if (cruise) return { type: 'cruise', action: cruise, cruise: first, preset: second };
  if (code === 0x89) return { type: 'scan', action: keyOf(scanParts, second) ?? 'start', scan: first };
  if (code === 0x8a) return { type: 'scan', action: 'speed', scan: first, value };
  if (code === 0x8c || code === 0x8d) return { type: 'aux', on: code === 0x8c, aux: first };
  throw new GbError('value', `PTZCmd has the unknown code ${code.toString(16)}`);
}

function decodeMove(code: number, first: number, second: number, high: number): PtzCommand {
  return {
    type: 'move',
    pan: signed(code, bit.right, bit.left, first),
    tilt: signed(code, bit.up, bit.down, second),
    zoom: signed(code, bit.zoomIn, bit.zoomOut, high),
  };
}

/** A direction without a speed still moves: some platforms leave the byte at 0. */
function signed(code: number, positive: number, negative: number, speed: number): number {
  if (code & positive) return Math.max(1, speed);
  return code & negative ? -Math.max(1, speed) : 0;
}

function keyOf<K extends string>(codes: Readonly<Record<K, number>>, code: number): K | undefined {
  return (Object.keys(codes) as K[]).find((key) => codes[key] === code);
}

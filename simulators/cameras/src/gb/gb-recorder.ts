/** A GB/T 28181 recorder whose channels are cameras of ours. */
import {
  type CatalogItem,
  decodePtz,
  Device,
  formatGbTime,
  type MessageOf,
  parseGbTime,
  type RecordItem,
  type StreamGrant,
  type StreamRequest,
  type UpperOptions,
} from '@wangge/gb28181';
import type { Camera } from '../loop/camera.ts';
import { Head } from '../onvif/head.ts';
import { Playback } from './playback.ts';
import { lineTo, PsSender } from './ps-sender.ts';
import { type Heard, openSpeaker } from './speaker.ts';

export interface GbRecorderOptions {
  /** 20 digits; type 118 is a recorder. */
  readonly deviceId: string;
  readonly channels: readonly {
    readonly camera: Camera;
    readonly name: string;
    readonly lon?: number;
    readonly lat?: number;
  }[];
  /** Where it listens for SIP and sends media from; `127.0.0.1` unless told. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port?: number;
  readonly onError?: (error: unknown) => void;
}

/** Recordings are told of for this long back, in files of an hour. */
const keptMs = 24 * 3600_000;
const fileMs = 3600_000;

export class GbRecorder {
  readonly device: Device;
  readonly heard: Heard = { packets: 0, bytes: 0 };
  readonly #options: GbRecorderOptions;
  readonly #heads = new Map<string, Head>();

  constructor(options: GbRecorderOptions) {
    this.#options = options;
    const bind = { host: this.#host, port: options.port ?? 0 };
    this.device = new Device(
      { deviceId: options.deviceId, udp: bind, tcp: bind, onError: options.onError },
      {
        info: () => ({
          deviceName: '模拟录像机',
          manufacturer: 'Wangge',
          model: 'Simulated',
          firmware: '1.0',
          result: 'OK',
        }),
        channels: () => options.channels.map((_, index) => this.#item(index)),
        records: (query) => this.#records(query),
        open: (request) => this.#open(request),
        control: (message) => this.#control(message),
        listen: () => openSpeaker(this.#host, Math.floor(Math.random() * 1e9), this.heard),
        answer: (message) => (message.type === 'presetQuery' ? this.#presets(message.deviceId) : undefined),
      },
    );
  }

  get #host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  /** The number of the channel at an index of the options. */
  channelId(index: number): string {
    return `${this.#options.deviceId.slice(0, 10)}131${this.#options.deviceId.slice(13, 14)}${String(index + 1).padStart(6, '0')}`;
  }

  /** Where the head of a channel looks: echo of what it was told. */
  head(channelId: string): Head {
    const known = this.#heads.get(channelId) ?? new Head();
    this.#heads.set(channelId, known);
    return known;
  }

  /** Registers there and stays registered. @throws Error where its own ports cannot be had */
  async join(upper: UpperOptions): Promise<void> {
    await this.device.start();
    this.device.addUpper(upper);
  }

  /** Motion on a channel (method 5, type 2). */
  alarm(index: number, description = '移动侦测'): Promise<void> {
    return this.device.alarm({
      deviceId: this.channelId(index),
      priority: 3,
      method: 5,
      time: formatGbTime(Date.now()),
      description,
      alarmType: 2,
    });
  }

  close(): Promise<void> {
    return this.device.close();
  }

  #item(index: number): CatalogItem {
    const { name, lon, lat } = this.#options.channels[index]!;
    return {
      deviceId: this.channelId(index),
      name,
      manufacturer: 'Wangge',
      model: 'Simulated',
      owner: '0',
      civilCode: this.#options.deviceId.slice(0, 8),
      address: name,
      parental: 0,
      parentId: this.#options.deviceId,
      safetyWay: 0,
      registerWay: 1,
      secrecy: 0,
      status: 'ON',
      ptzType: 1,
      ...(lon === undefined || lat === undefined ? {} : { longitude: lon, latitude: lat }),
    };
  }

  #cameraOf(channelId: string): Camera | undefined {
    const index = this.#options.channels.findIndex((_, at) => this.channelId(at) === channelId);
    return this.#options.channels[index]?.camera;
  }

  async #open(request: StreamRequest): Promise<StreamGrant | undefined> {
    const camera = this.#cameraOf(request.channelId);
    const { offer } = request;
    if (camera === undefined || offer.kind === 'Talk' || offer.kind === 'Broadcast') return undefined;
    const player = await camera.player('main');
    const line = await lineTo(offer, this.#host);
    const sender = new PsSender(line, player.tracks, offer.ssrc ?? Math.floor(Math.random() * 1e9));
    const at = { address: this.#host, port: line.port };
    if (offer.kind === 'Play') {
      let stop: (() => void) | undefined;
      const over = Promise.withResolvers<void>();
      return {
        ...at,
        start: async () => {
          await line.open();
          stop = player.subscribe((frame) => sender.send(frame), over.resolve);
          return over.promise;
        },
        close: () => {
          stop?.();
          line.close();
          over.resolve();
        },
      };
    }
    const lengthS = ((offer.endMs ?? 0) - (offer.startMs ?? 0)) / 1000;
    const film = await camera.film('main');
    const scale = offer.kind === 'Download' ? Math.max(1, offer.downloadSpeed ?? 1) : 1;
    const playback = new Playback({ film, lengthS, scale, onFrame: (frame) => sender.send(frame) });
    return {
      ...at,
      start: async () => {
        await line.open();
        return playback.start();
      },
      control: (control) => playback.control(control),
      close: () => {
        playback.close();
        line.close();
      },
    };
  }

  #records(query: MessageOf<'recordInfoQuery'>): RecordItem[] {
    const now = Date.now();
    const from = Math.max(parseGbTime(query.startTime ?? formatGbTime(now - keptMs)), now - keptMs);
    const to = Math.min(parseGbTime(query.endTime ?? formatGbTime(now)), now);
    const items: RecordItem[] = [];
    for (let at = Math.floor(from / fileMs) * fileMs; at < to; at += fileMs) {
      const startMs = Math.max(at, now - keptMs);
      items.push({
        deviceId: query.deviceId,
        name: '定时录像',
        filePath: `/record/${formatGbTime(startMs).replace(/\D/g, '')}`,
        startTime: formatGbTime(startMs),
        endTime: formatGbTime(Math.min(at + fileMs, now)),
        secrecy: 0,
        type: 'time',
      });
    }
    return items;
  }

  #control(message: MessageOf<'deviceControl'> | MessageOf<'deviceConfig'>): boolean {
    if (message.type === 'deviceConfig') return true;
    if ((message.iFrameCmd ?? message.iFameCmd) !== undefined)
      void this.#cameraOf(message.deviceId)?.keyPicture('main');
    if (message.ptzCmd !== undefined) this.#steer(message.deviceId, message.ptzCmd);
    return true;
  }

  #steer(channelId: string, text: string): void {
    const head = this.head(channelId);
    const command = decodePtz(text);
    if (command.type === 'move')
      head.move({ pan: command.pan / 255, tilt: command.tilt / 255, zoom: command.zoom / 15 });
    if (command.type !== 'preset') return;
    const token = String(command.preset);
    if (command.action === 'set') head.setPreset(`预置位${token}`, token);
    if (command.action === 'call') head.goTo(token);
    if (command.action === 'delete') head.removePreset(token);
  }

  #presets(channelId: string) {
    const items = this.head(channelId).presets.map(({ token, name }) => ({ presetId: token, name }));
    return { type: 'presets' as const, sumNum: items.length, items };
  }
}

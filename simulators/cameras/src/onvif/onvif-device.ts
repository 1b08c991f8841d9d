/** A camera as ONVIF clients see it: SOAP over HTTP, one port a device. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import type { Variant } from '../film/facts.ts';
import type { Camera } from '../loop/camera.ts';
import { rtspPath } from '../rtsp/rtsp-cameras.ts';
import { scenes } from '../scenes/index.ts';
import { loopS, pictureOf } from '../scenes/scene.ts';
import * as say from './answers.ts';
import { Head } from './head.ts';
import { ptzActions } from './ptz-actions.ts';
import { durationMs, PullPoints } from './pull-points.ts';
import { envelope, readSoap, SoapFault, type SoapRequest, text, type XmlNode } from './soap.ts';
import { type Credentials, TokenCheck } from './token.ts';

export interface OnvifDeviceOptions {
  readonly camera: Camera;
  readonly name: string;
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** `rtsp://127.0.0.1:8654`: where the camera's streams are. */
  readonly rtspBase: string;
  /** Without them everybody may ask everything. */
  readonly credentials?: Credentials | undefined;
}

/** Asked before anybody knows what time the camera has, so without a token (ONVIF core §5.12.1). */
const openActions = new Set(['GetSystemDateAndTime', 'GetCapabilities', 'GetServices', 'GetScopes']);
const maxBody = 256 * 1024;
const subscriptionMs = 60_000;
const maxPullMs = 30_000;

export class OnvifDevice {
  readonly head = new Head();
  readonly #ptz = ptzActions(this.head);
  readonly #options: OnvifDeviceOptions;
  readonly #server: Server;
  readonly #points = new PullPoints();
  readonly #tokens: TokenCheck | undefined;

  private constructor(options: OnvifDeviceOptions) {
    this.#options = options;
    this.#tokens = options.credentials === undefined ? undefined : new TokenCheck(options.credentials);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** @throws Error where the port cannot be had */
  static listen(options: OnvifDeviceOptions): Promise<OnvifDevice> {
    const device = new OnvifDevice(options);
    return new Promise((resolve, reject) => {
      device.#server.once('error', reject);
      device.#server.listen(options.port, options.host ?? '127.0.0.1', () => resolve(device));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:8700`. */
  get address(): string {
    return `http://${this.#options.host ?? '127.0.0.1'}:${this.port}`;
  }

  /** Something begins or ceases to move: told to all who asked for events. */
  motion(moving: boolean): void {
    this.#points.publish({ atMs: Date.now(), moving });
  }

  async close(): Promise<void> {
    this.#points.closeAll();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.method === 'GET') return await this.#snapshot(request, response);
      const soap = readSoap(await bodyOf(request));
      if (soap === undefined) throw new SoapFault('Sender', 'WellFormed', 'no SOAP request');
      this.#authorize(soap);
      const answer = envelope(await this.#answer(soap, request.url ?? ''));
      response.writeHead(200, { 'content-type': 'application/soap+xml; charset=utf-8' }).end(answer);
    } catch (error) {
      const fault =
        error instanceof SoapFault
          ? error
          : new SoapFault('Receiver', 'Action', error instanceof Error ? error.message : 'fault');
      if (response.headersSent) return void response.destroy();
      const status = fault.code === 'Sender' ? 400 : 500;
      response.writeHead(status, { 'content-type': 'application/soap+xml; charset=utf-8' }).end(fault.xml);
    }
  }

  #authorize({ action, header }: SoapRequest): void {
    if (openActions.has(action) || this.#tokens === undefined) return;
    if (this.#options.camera.faults.refusesPassword !== true && this.#tokens.isRight(header, Date.now())) return;
    throw new SoapFault('Sender', 'NotAuthorized', 'Sender not authorized');
  }

  /** A still of the scene as it looks now. */
  async #snapshot(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { camera, credentials } = this.#options;
    const expected =
      credentials && `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
    if (expected !== undefined && request.headers.authorization !== expected) {
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="Camera"' }).end();
    }
    const scene = scenes.find(({ name }) => name === camera.scene);
    if (request.url?.split('?')[0] !== '/snapshot.jpg' || scene === undefined)
      return void response.writeHead(404).end();
    const svg = pictureOf(scene, (Date.now() / 1000) % loopS);
    const jpeg = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': jpeg.length }).end(jpeg);
  }

  #answer({ action, body }: SoapRequest, url: string): string | Promise<string> {
    const { camera, name, rtspBase } = this.#options;
    const identity = { name, serial: `WG-${String(camera.number).padStart(6, '0')}` };
    switch (action) {
      case 'GetSystemDateAndTime':
        return say.dateAndTime(Date.now());
      case 'GetServices':
        return say.servicesAt(this.address);
      case 'GetCapabilities':
        return say.capabilitiesAt(this.address);
      case 'GetDeviceInformation':
        return say.deviceInformation(identity);
      case 'GetScopes':
        return say.scopes(identity);
      case 'GetProfiles':
        return say.profiles();
      case 'GetVideoSources':
        return say.videoSources();
      case 'GetStreamUri':
        return say.mediaUri('Stream', rtspBase + rtspPath(camera.number, variantOf(body)));
      case 'GetSnapshotUri':
        return say.mediaUri('Snapshot', `${this.address}/snapshot.jpg?profile=${variantOf(body)}`);
      case 'SetSynchronizationPoint':
        return this.#keyPicture(body, url);
      default:
        return this.#ptz.get(action)?.(body) ?? this.#events(action, body, url);
    }
  }

  async #keyPicture(body: XmlNode, url: string): Promise<string> {
    // Asked of a subscription it means its events, not pictures.
    if (url.startsWith('/onvif/pullpoint/')) return say.empty('tev', 'SetSynchronizationPoint');
    await this.#options.camera.keyPicture(variantOf(body));
    return say.empty('trt', 'SetSynchronizationPoint');
  }

  async #events(action: string, body: XmlNode, url: string): Promise<string> {
    const id = url.replace('/onvif/pullpoint/', '');
    const gone = (): SoapFault => new SoapFault('Sender', 'InvalidArgVal', 'no such subscription');
    switch (action) {
      case 'CreatePullPointSubscription': {
        const forMs = durationMs(text(body, 'InitialTerminationTime'), subscriptionMs);
        const opened = this.#points.open(forMs);
        if (opened === undefined) throw new SoapFault('Receiver', 'Action', 'too many subscriptions');
        return say.subscription(`${this.address}/onvif/pullpoint/${opened}`, Date.now(), forMs);
      }
      case 'PullMessages': {
        const forMs = Math.min(maxPullMs, durationMs(text(body, 'Timeout'), 5000));
        const limit = Math.max(1, Number(text(body, 'MessageLimit')) || 10);
        const events = await this.#points.pull(id, limit, forMs);
        if (events === undefined) throw gone();
        return say.pulled(events, Date.now(), subscriptionMs);
      }
      case 'Renew': {
        const forMs = durationMs(text(body, 'TerminationTime'), subscriptionMs);
        if (!this.#points.renew(id, forMs)) throw gone();
        return say.renewed(Date.now(), forMs);
      }
      case 'Unsubscribe':
        if (!this.#points.close(id)) throw gone();
        return say.empty('wsnt', 'Unsubscribe');
      default:
        throw new SoapFault('Receiver', 'ActionNotSupported', `${action} is not supported`);
    }
  }
}

function variantOf(body: XmlNode): Variant {
  const token = text(body, 'ProfileToken');
  if (token === 'main' || token === 'sub') return token;
  throw new SoapFault('Sender', 'InvalidArgVal', 'no such profile');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBody) throw new SoapFault('Sender', 'InvalidArgVal', 'request too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

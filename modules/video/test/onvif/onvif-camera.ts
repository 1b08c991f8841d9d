/** A small ONVIF camera (profile S, PTZ) that remembers what it was told. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const ns = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
};

export class OnvifCamera {
  readonly told: string[] = [];
  readonly presets = new Map<string, string>([['Preset_7', '大门']]);
  /** Instead of an answer to this operation. */
  rubbish: { operation: string; body: string } | null = null;
  readonly #server: Server;
  readonly #password: string;

  constructor(password: string) {
    this.#password = password;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, body } = this.#answer(Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/soap+xml' }).end(body);
      });
    });
  }
  async start(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return (this.#server.address() as AddressInfo).port;
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(text: string): { status: number; body: string } {
    const operation = /<s:Body[^>]*>\s*<([A-Za-z]+)/.exec(text)?.[1] ?? '';
    if (this.rubbish?.operation === operation) return { status: 200, body: this.rubbish.body };
    if (operation !== 'GetSystemDateAndTime' && !this.#mayAsk(text)) {
      const fault =
        '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">Sender not Authorized</s:Text></s:Reason></s:Fault>';
      return { status: 400, body: envelope(fault) };
    }
    return { status: 200, body: envelope(this.#run(operation, text)) };
  }

  #mayAsk(text: string): boolean {
    const part = (name: string): string => new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';
    const nonce = Buffer.from(part('Nonce'), 'base64');
    const hash = createHash('sha1').update(nonce).update(part('Created')).update(this.#password);
    return part('Username') === 'admin' && part('Password') === hash.digest('base64');
  }

  #run(operation: string, text: string): string {
    const part = (name: string): string => new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';
    const now = new Date();
    switch (operation) {
      case 'GetSystemDateAndTime':
        return `<d:GetSystemDateAndTimeResponse xmlns:d="${ns.device}" xmlns:t="http://www.onvif.org/ver10/schema"><d:SystemDateAndTime><t:DateTimeType>NTP</t:DateTimeType><t:DaylightSavings>false</t:DaylightSavings><t:UTCDateTime><t:Time><t:Hour>${now.getUTCHours()}</t:Hour><t:Minute>${now.getUTCMinutes()}</t:Minute><t:Second>${now.getUTCSeconds()}</t:Second></t:Time><t:Date><t:Year>${now.getUTCFullYear()}</t:Year><t:Month>${now.getUTCMonth() + 1}</t:Month><t:Day>${now.getUTCDate()}</t:Day></t:Date></t:UTCDateTime></d:SystemDateAndTime></d:GetSystemDateAndTimeResponse>`;
      case 'GetServices':
        return `<d:GetServicesResponse xmlns:d="${ns.device}">${Object.values(ns)
          .map(
            (name) =>
              `<d:Service><d:Namespace>${name}</d:Namespace><d:XAddr>http://10.255.255.1:9/onvif/x</d:XAddr></d:Service>`,
          )
          .join('')}</d:GetServicesResponse>`;
      case 'GetProfiles':
        return `<m:GetProfilesResponse xmlns:m="${ns.media}" xmlns:t="http://www.onvif.org/ver10/schema">${profile('P_main', 1920, 1080)}${profile('P_sub', 640, 360)}</m:GetProfilesResponse>`;
      case 'GetVideoSources':
        return `<m:GetVideoSourcesResponse xmlns:m="${ns.media}"><m:VideoSources token="VS"><t:Framerate xmlns:t="http://www.onvif.org/ver10/schema">25</t:Framerate></m:VideoSources></m:GetVideoSourcesResponse>`;
      case 'GetStreamUri':
        return `<m:GetStreamUriResponse xmlns:m="${ns.media}"><m:MediaUri><t:Uri xmlns:t="http://www.onvif.org/ver10/schema">rtsp://192.168.1.64:554/${part('ProfileToken')}?a=1&amp;b=2</t:Uri></m:MediaUri></m:GetStreamUriResponse>`;
      case 'ContinuousMove':
        this.told.push(`move ${/PanTilt x="([^"]*)" y="([^"]*)"/.exec(text)?.slice(1).join(' ')} ${part('Timeout')}`);
        return `<p:ContinuousMoveResponse xmlns:p="${ns.ptz}"/>`;
      case 'GetPresets':
        return `<p:GetPresetsResponse xmlns:p="${ns.ptz}">${[...this.presets]
          .map(
            ([token, name]) =>
              `<p:Preset token="${token}"><t:Name xmlns:t="http://www.onvif.org/ver10/schema">${name}</t:Name></p:Preset>`,
          )
          .join('')}</p:GetPresetsResponse>`;
      case 'SetPreset': {
        const token = part('PresetToken') || `Preset_${this.presets.size + 7}`;
        this.presets.set(token, part('PresetName'));
        return `<p:SetPresetResponse xmlns:p="${ns.ptz}"><p:PresetToken>${token}</p:PresetToken></p:SetPresetResponse>`;
      }
      case 'RemovePreset':
        this.presets.delete(part('PresetToken'));
        return `<p:RemovePresetResponse xmlns:p="${ns.ptz}"/>`;
      case 'GotoPreset':
        this.told.push(`go ${part('PresetToken')}`);
        return `<p:GotoPresetResponse xmlns:p="${ns.ptz}"/>`;
      default:
        this.told.push(operation);
        return `<p:${operation}Response xmlns:p="${ns.ptz}"/>`;
    }
  }
}

function profile(token: string, width: number, height: number): string {
  return `<m:Profiles token="${token}" fixed="true"><t:Name>${token}</t:Name><t:VideoSourceConfiguration token="VSC"><t:Name>v</t:Name><t:SourceToken>VS</t:SourceToken></t:VideoSourceConfiguration><t:VideoEncoderConfiguration token="E${token}"><t:Name>e</t:Name><t:Encoding>H264</t:Encoding><t:Resolution><t:Width>${width}</t:Width><t:Height>${height}</t:Height></t:Resolution></t:VideoEncoderConfiguration></m:Profiles>`;
}
function envelope(body: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** What a camera answers to each question; the body of a SOAP envelope. */
import type { Variant } from '../film/facts.ts';
import type { Head } from './head.ts';
import type { MotionEvent } from './pull-points.ts';
import { escapeXml } from './soap.ts';

export interface Identity {
  readonly name: string;
  readonly serial: string;
}

const services = [
  ['Device', 'http://www.onvif.org/ver10/device/wsdl', 'device_service'],
  ['Media', 'http://www.onvif.org/ver10/media/wsdl', 'media_service'],
  ['PTZ', 'http://www.onvif.org/ver20/ptz/wsdl', 'ptz_service'],
  ['Events', 'http://www.onvif.org/ver10/events/wsdl', 'event_service'],
] as const;

export function dateAndTime(nowMs: number): string {
  const at = new Date(nowMs);
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone><tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}

export function servicesAt(base: string): string {
  const list = services.map(
    ([, space, path]) =>
      `<tds:Service><tds:Namespace>${space}</tds:Namespace><tds:XAddr>${base}/onvif/${path}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>`,
  );
  return `<tds:GetServicesResponse>${list.join('')}</tds:GetServicesResponse>`;
}

export function capabilitiesAt(base: string): string {
  const extra: Readonly<Record<string, string>> = {
    Media:
      '<tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>true</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities>',
    Events:
      '<tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport><tt:WSPullPointSupport>true</tt:WSPullPointSupport><tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport>',
  };
  const list = services.map(
    ([name, , path]) => `<tt:${name}><tt:XAddr>${base}/onvif/${path}</tt:XAddr>${extra[name] ?? ''}</tt:${name}>`,
  );
  return `<tds:GetCapabilitiesResponse><tds:Capabilities>${list.join('')}</tds:Capabilities></tds:GetCapabilitiesResponse>`;
}

export const deviceInformation = ({ name, serial }: Identity): string =>
  `<tds:GetDeviceInformationResponse><tds:Manufacturer>Wangge</tds:Manufacturer><tds:Model>${escapeXml(name)}</tds:Model><tds:FirmwareVersion>1.0</tds:FirmwareVersion><tds:SerialNumber>${escapeXml(serial)}</tds:SerialNumber><tds:HardwareId>simulated</tds:HardwareId></tds:GetDeviceInformationResponse>`;

export const scopes = ({ name }: Identity): string =>
  `<tds:GetScopesResponse><tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>onvif://www.onvif.org/Profile/Streaming</tt:ScopeItem></tds:Scopes><tds:Scopes><tt:ScopeDef>Configurable</tt:ScopeDef><tt:ScopeItem>onvif://www.onvif.org/name/${encodeURIComponent(name)}</tt:ScopeItem></tds:Scopes></tds:GetScopesResponse>`;

const sizes = { main: [1280, 720, 280], sub: [640, 360, 110] } as const satisfies Record<Variant, readonly number[]>;

function profile(variant: Variant): string {
  const [width, height, kbit] = sizes[variant];
  return `<trt:Profiles token="${variant}" fixed="true"><tt:Name>${variant}</tt:Name><tt:VideoSourceConfiguration token="video-source"><tt:Name>source</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>source</tt:SourceToken><tt:Bounds x="0" y="0" width="1280" height="720"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="encoder-${variant}"><tt:Name>${variant}</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality><tt:RateControl><tt:FrameRateLimit>10</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>${kbit}</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>20</tt:GovLength><tt:H264Profile>Main</tt:H264Profile></tt:H264><tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration><tt:PTZConfiguration token="ptz"><tt:Name>ptz</tt:Name><tt:UseCount>2</tt:UseCount><tt:NodeToken>head</tt:NodeToken><tt:DefaultContinuousPanTiltVelocitySpace>http://www.onvif.org/ver10/tptz/PanTiltSpaces/VelocityGenericSpace</tt:DefaultContinuousPanTiltVelocitySpace><tt:DefaultPTZTimeout>PT10S</tt:DefaultPTZTimeout></tt:PTZConfiguration></trt:Profiles>`;
}
export const profiles = (): string =>
  `<trt:GetProfilesResponse>${profile('main')}${profile('sub')}</trt:GetProfilesResponse>`;

export const videoSources = (): string =>
  '<trt:GetVideoSourcesResponse><trt:VideoSources token="source"><tt:Framerate>10</tt:Framerate><tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>';

/** `what` is `Stream` or `Snapshot`. */
export const mediaUri = (what: 'Stream' | 'Snapshot', uri: string): string =>
  `<trt:Get${what}UriResponse><trt:MediaUri><tt:Uri>${escapeXml(uri)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:Get${what}UriResponse>`;

export const empty = (prefix: string, action: string): string => `<${prefix}:${action}Response/>`;

export const presets = (head: Head): string =>
  `<tptz:GetPresetsResponse>${head.presets.map(({ token, name, position }) => `<tptz:Preset token="${escapeXml(token)}"><tt:Name>${escapeXml(name)}</tt:Name><tt:PTZPosition>${vector(position)}</tt:PTZPosition></tptz:Preset>`).join('')}</tptz:GetPresetsResponse>`;

const vector = ({ pan, tilt, zoom }: Head['position']): string =>
  `<tt:PanTilt x="${pan.toFixed(4)}" y="${tilt.toFixed(4)}"/><tt:Zoom x="${zoom.toFixed(4)}"/>`;

export const ptzStatus = (head: Head, nowMs: number): string => {
  const state = head.moving ? 'MOVING' : 'IDLE';
  return `<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position>${vector(head.position)}</tt:Position><tt:MoveStatus><tt:PanTilt>${state}</tt:PanTilt><tt:Zoom>${state}</tt:Zoom></tt:MoveStatus><tt:UtcTime>${new Date(nowMs).toISOString()}</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>`;
};

export const ptzNodes = (): string =>
  '<tptz:GetNodesResponse><tptz:PTZNode token="head"><tt:Name>head</tt:Name><tt:SupportedPTZSpaces/><tt:MaximumNumberOfPresets>100</tt:MaximumNumberOfPresets><tt:HomeSupported>false</tt:HomeSupported></tptz:PTZNode></tptz:GetNodesResponse>';

export const subscription = (address: string, nowMs: number, forMs: number): string =>
  `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><a:Address>${address}</a:Address></tev:SubscriptionReference><wsnt:CurrentTime>${new Date(nowMs).toISOString()}</wsnt:CurrentTime><wsnt:TerminationTime>${new Date(nowMs + forMs).toISOString()}</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>`;

export const pulled = (events: readonly MotionEvent[], nowMs: number, forMs: number): string =>
  `<tev:PullMessagesResponse><tev:CurrentTime>${new Date(nowMs).toISOString()}</tev:CurrentTime><tev:TerminationTime>${new Date(nowMs + forMs).toISOString()}</tev:TerminationTime>${events.map((event) => motion(event)).join('')}</tev:PullMessagesResponse>`;

const motion = ({ atMs, moving }: MotionEvent): string =>
  `<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:VideoSource/MotionAlarm</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${new Date(atMs).toISOString()}" PropertyOperation="Changed"><tt:Source><tt:SimpleItem Name="Source" Value="source"/></tt:Source><tt:Data><tt:SimpleItem Name="State" Value="${moving}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;

export const renewed = (nowMs: number, forMs: number): string =>
  `<wsnt:RenewResponse><wsnt:TerminationTime>${new Date(nowMs + forMs).toISOString()}</wsnt:TerminationTime><wsnt:CurrentTime>${new Date(nowMs).toISOString()}</wsnt:CurrentTime></wsnt:RenewResponse>`;

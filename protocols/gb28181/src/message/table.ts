import { group, list, number, text, texts, whole, within, type Shape } from '../xml/schema.ts';
import * as item from './items.ts';

export type Kind = 'Control' | 'Query' | 'Notify' | 'Response';

export interface Spec<S extends Shape> {
  readonly kind: Kind;
  readonly cmdType: string;
  readonly shape: S;
}

const spec = <S extends Shape>(kind: Kind, cmdType: string, shape: S): Spec<S> => ({ kind, cmdType, shape });
const result = { result: text('Result') };

/**
 * Every MANSCDP message of GB/T 28181-2016 and 2022 (annex A) that is understood here; SN and DeviceID are common to
 * all. One table serves reading, writing and the types.
 */
export const messages = {
  keepalive: spec('Notify', 'Keepalive', { status: text('Status'), faults: texts('Info', 'DeviceID') }),
  alarm: spec('Notify', 'Alarm', {
    /** 1 first degree … 4. */
    priority: whole('AlarmPriority'),
    /** 1 phone, 2 device, 3 SMS, 4 GPS, 5 video, 6 device fault, 7 other. */
    method: whole('AlarmMethod'),
    time: text('AlarmTime', 'EventTime'),
    description: text('AlarmDescription', 'Description'),
    longitude: number('Longitude'),
    latitude: number('Latitude'),
    /** Its meaning depends on `method`; some cameras call it AlarmInfo. */
    alarmType: within('Info', whole('AlarmType', 'AlarmInfo')),
    eventType: within('Info', within('AlarmTypeParam', whole('EventType'))),
  }),
  catalogNotify: spec('Notify', 'Catalog', {
    sumNum: whole('SumNum'),
    items: list('DeviceList', 'Item', item.catalogItem),
  }),
  mobilePosition: spec('Notify', 'MobilePosition', {
    time: text('Time'),
    longitude: number('Longitude'),
    latitude: number('Latitude'),
    /** km/h. */
    speed: number('Speed'),
    /** Degrees from north, clockwise. */
    direction: number('Direction'),
    /** Metres. */
    altitude: number('Altitude'),
  }),
  mediaStatus: spec('Notify', 'MediaStatus', { notifyType: whole('NotifyType') }),
  broadcast: spec('Notify', 'Broadcast', { sourceId: text('SourceID'), targetId: text('TargetID') }),
  snapshotFinished: spec('Notify', 'UploadSnapShotFinished', {
    sessionId: text('SessionID'),
    files: texts('SnapShotList', 'SnapShotFileID'),
  }),

  catalogQuery: spec('Query', 'Catalog', { startTime: text('StartTime'), endTime: text('EndTime') }),
  deviceInfoQuery: spec('Query', 'DeviceInfo', {}),
  deviceStatusQuery: spec('Query', 'DeviceStatus', {}),
  recordInfoQuery: spec('Query', 'RecordInfo', {
    startTime: text('StartTime'),
    endTime: text('EndTime'),
    filePath: text('FilePath'),
    address: text('Address'),
    secrecy: whole('Secrecy'),
    /** all, time, alarm or manual. */
    recordType: text('Type'),
    recorderId: text('RecorderID'),
  }),
  alarmQuery: spec('Query', 'Alarm', {
    startPriority: whole('StartAlarmPriority'),
    endPriority: whole('EndAlarmPriority'),
    method: text('AlarmMethod'),
    alarmType: text('AlarmType'),
    startTime: text('StartAlarmTime'),
    endTime: text('EndAlarmTime'),
  }),
  configQuery: spec('Query', 'ConfigDownload', { configType: text('ConfigType') }),
  presetQuery: spec('Query', 'PresetQuery', {}),
  /** Interval in seconds. */
  mobilePositionQuery: spec('Query', 'MobilePosition', { interval: whole('Interval') }),
  homePositionQuery: spec('Query', 'HomePositionQuery', {}),
  cruiseTrackListQuery: spec('Query', 'CruiseTrackListQuery', {}),
  cruiseTrackQuery: spec('Query', 'CruiseTrackQuery', { number: whole('Number') }),
  ptzPositionQuery: spec('Query', 'PTZPosition', {}),
  sdCardStatusQuery: spec('Query', 'SDCardStatus', {}),

  deviceControl: spec('Control', 'DeviceControl', {
    /** Eight bytes as hexadecimal, see `encodePtz`. */
    ptzCmd: text('PTZCmd'),
    teleBoot: text('TeleBoot'),
    recordCmd: text('RecordCmd'),
    guardCmd: text('GuardCmd'),
    alarmCmd: text('AlarmCmd'),
    /** The spelling of 2016. */
    iFameCmd: text('IFameCmd'),
    iFrameCmd: text('IFrameCmd'),
    dragZoomIn: group('DragZoomIn', item.dragZoom),
    dragZoomOut: group('DragZoomOut', item.dragZoom),
    homePosition: group('HomePosition', item.homePosition),
    snapshot: group('SnapShot', item.snapshotOrder),
    ptzPrecise: group('PTZPreciseCtrl', { pan: number('Pan'), tilt: number('Tilt'), zoom: number('Zoom') }),
    info: group('Info', {
      controlPriority: whole('ControlPriority'),
      alarmMethod: text('AlarmMethod'),
      alarmType: text('AlarmType'),
    }),
  }),
  deviceConfig: spec('Control', 'DeviceConfig', {
    basicParam: item.basicParam,
    snapshot: group('SnapShotConfig', item.snapshotOrder),
  }),

  catalog: spec('Response', 'Catalog', {
    sumNum: whole('SumNum'),
    items: list('DeviceList', 'Item', item.catalogItem),
  }),
  deviceInfo: spec('Response', 'DeviceInfo', {
    deviceName: text('DeviceName'),
    ...result,
    manufacturer: text('Manufacturer'),
    model: text('Model'),
    firmware: text('Firmware'),
    channels: whole('Channel'),
  }),
  deviceStatus: spec('Response', 'DeviceStatus', {
    ...result,
    /** ONLINE or OFFLINE. */
    online: text('Online'),
    /** OK or ERROR. */
    status: text('Status'),
    reason: text('Reason'),
    encode: text('Encode'),
    record: text('Record'),
    deviceTime: text('DeviceTime'),
    alarms: list('Alarmstatus', 'Item', item.alarmStatusItem),
  }),
  recordInfo: spec('Response', 'RecordInfo', {
    name: text('Name'),
    sumNum: whole('SumNum'),
    items: list('RecordList', 'Item', item.recordItem),
  }),
  alarmAnswer: spec('Response', 'Alarm', result),
  controlAnswer: spec('Response', 'DeviceControl', result),
  configAnswer: spec('Response', 'DeviceConfig', result),
  config: spec('Response', 'ConfigDownload', { ...result, basicParam: item.basicParam }),
  presets: spec('Response', 'PresetQuery', {
    sumNum: whole('SumNum'),
    items: list('PresetList', 'Item', item.presetItem),
  }),
  broadcastAnswer: spec('Response', 'Broadcast', result),
  /** Answer to a SUBSCRIBE for positions. */
  mobilePositionAnswer: spec('Response', 'MobilePosition', result),
  homePosition: spec('Response', 'HomePositionQuery', { homePosition: group('HomePosition', item.homePosition) }),
  cruiseTrackList: spec('Response', 'CruiseTrackListQuery', {
    sumNum: whole('SumNum'),
    items: list('CruiseTrackList', 'CruiseTrack', item.cruiseTrackItem),
  }),
  cruiseTrack: spec('Response', 'CruiseTrackQuery', {
    number: whole('Number'),
    name: text('Name'),
    sumNum: whole('SumNum'),
    items: list('CruisePointList', 'CruisePoint', item.cruisePointItem),
  }),
  ptzPosition: spec('Response', 'PTZPosition', {
    /** Degrees; zoom as a factor; distance in metres. */
    pan: number('Pan'),
    tilt: number('Tilt'),
    zoom: number('Zoom'),
    horizontalFieldAngle: number('HorizontalFieldAngle'),
    verticalFieldAngle: number('VerticalFieldAngle'),
    maxViewDistance: number('MaxViewDistance'),
  }),
  sdCardStatus: spec('Response', 'SDCardStatus', {
    ...result,
    sumNum: whole('SumNum'),
    items: list('SDCardStatusInfo', 'Item', item.sdCardItem),
  }),
};

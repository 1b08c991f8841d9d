import { group, number, required, text, whole, within } from '../xml/schema.ts';

/** One line of a catalogue (GB/T 28181-2022 A.2.1 itemType; 2016's A.2.1.1): device, channel, area or group. */
export const catalogItem = {
  deviceId: required(text('DeviceID')),
  name: text('Name'),
  manufacturer: text('Manufacturer'),
  model: text('Model'),
  owner: text('Owner'),
  civilCode: text('CivilCode'),
  block: text('Block'),
  address: text('Address'),
  /** 1: has channels below it. */
  parental: whole('Parental'),
  /** May be `platform/parent`; the last part names the parent. */
  parentId: text('ParentID'),
  safetyWay: whole('SafetyWay'),
  registerWay: whole('RegisterWay'),
  certNum: text('CertNum'),
  secrecy: whole('Secrecy'),
  ipAddress: text('IPAddress'),
  port: whole('Port'),
  password: text('Password'),
  /** `ON` or `OFF`, with some devices `OK`, `ONLINE` … */
  status: text('Status'),
  longitude: number('Longitude'),
  latitude: number('Latitude'),
  businessGroupId: text('BusinessGroupID'),
  /** 1 dome, 2 half dome, 3 fixed, 4 remote-controlled. */
  ptzType: within('Info', whole('PTZType')),
  resolution: within('Info', text('Resolution')),
  /** In NOTIFY: ON, OFF, VLOST, DEFECT, ADD, DEL, UPDATE. */
  event: text('Event'),
};

/** One recording (A.2.1 itemFileType). Times are local, `yyyy-MM-ddTHH:mm:ss`. */
export const recordItem = {
  deviceId: required(text('DeviceID')),
  name: text('Name'),
  filePath: text('FilePath'),
  address: text('Address'),
  startTime: text('StartTime'),
  endTime: text('EndTime'),
  secrecy: whole('Secrecy'),
  /** time, alarm or manual. */
  type: text('Type'),
  recorderId: text('RecorderID'),
  fileSize: whole('FileSize'),
};

export const presetItem = { presetId: required(text('PresetID')), name: text('PresetName') };

export const alarmStatusItem = { deviceId: required(text('DeviceID')), dutyStatus: text('DutyStatus') };

export const homePosition = {
  enabled: whole('Enabled'),
  resetTime: whole('ResetTime'),
  presetIndex: whole('PresetIndex'),
};

/** A rectangle on the picture, in pixels of a window of `length` × `width` (A.2.3.1.8, A.2.3.1.9). */
export const dragZoom = {
  length: whole('Length'),
  width: whole('Width'),
  midPointX: whole('MidPointX'),
  midPointY: whole('MidPointY'),
  lengthX: whole('LengthX'),
  lengthY: whole('LengthY'),
};

export const basicParam = group('BasicParam', {
  name: text('Name'),
  deviceId: text('DeviceID'),
  /** Seconds. */
  expiration: whole('Expiration'),
  heartBeatInterval: whole('HeartBeatInterval'),
  heartBeatCount: whole('HeartBeatCount'),
  positionCapability: whole('PositionCapability'),
  longitude: number('Longitude'),
  latitude: number('Latitude'),
});

export const snapshotOrder = {
  snapNum: whole('SnapNum'),
  interval: whole('Interval'),
  uploadUrl: text('UploadURL'),
  sessionId: text('SessionID'),
};

export const cruiseTrackItem = { number: required(whole('Number')), name: text('Name') };
export const cruisePointItem = {
  presetIndex: required(whole('PresetIndex')),
  stayTime: whole('StayTime'),
  speed: whole('Speed'),
};

export const sdCardItem = {
  id: required(text('ID')),
  name: text('HddName'),
  status: text('Status'),
  formatProgress: whole('FormatProgress'),
  /** MB. */
  capacity: whole('Capacity'),
  freeSpace: whole('FreeSpace'),
};

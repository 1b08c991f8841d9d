/** The PTZ service: each action with what it does to the head, and its answer. */
import * as say from './answers.ts';
import type { Head } from './head.ts';
import { durationMs } from './pull-points.ts';
import { escapeXml, node, SoapFault, text, type XmlNode } from './soap.ts';

const maxPresets = 100;

/** By name of the action. @throws SoapFault for what the head cannot do */
export function ptzActions(head: Head): ReadonlyMap<string, (body: XmlNode) => string> {
  const actions: Record<string, (body: XmlNode) => string> = {
    GetNodes: (): string => say.ptzNodes(),
    GetStatus: (): string => say.ptzStatus(head, Date.now()),
    GetPresets: (): string => say.presets(head),
    ContinuousMove: (body: XmlNode): string => {
      const velocity = node(body, 'Velocity');
      const speed = (axis: string, part: 'x' | 'y'): number => speedOf(text(node(velocity, axis), `@${part}`));
      const forMs = durationMs(text(body, 'Timeout'), 10_000);
      head.move({ pan: speed('PanTilt', 'x'), tilt: speed('PanTilt', 'y'), zoom: speed('Zoom', 'x') }, forMs);
      return say.empty('tptz', 'ContinuousMove');
    },
    Stop: (): string => {
      head.stop();
      return say.empty('tptz', 'Stop');
    },
    SetPreset: (body: XmlNode): string => {
      if (head.presets.length >= maxPresets) throw new SoapFault('Receiver', 'Action', 'too many presets');
      const token = head.setPreset(text(body, 'PresetName'), text(body, 'PresetToken'));
      return `<tptz:SetPresetResponse><tptz:PresetToken>${escapeXml(token)}</tptz:PresetToken></tptz:SetPresetResponse>`;
    },
    GotoPreset: (body: XmlNode): string => {
      if (head.goTo(text(body, 'PresetToken'))) return say.empty('tptz', 'GotoPreset');
      throw new SoapFault('Sender', 'InvalidArgVal', 'no such preset');
    },
    RemovePreset: (body: XmlNode): string => {
      if (head.removePreset(text(body, 'PresetToken'))) return say.empty('tptz', 'RemovePreset');
      throw new SoapFault('Sender', 'InvalidArgVal', 'no such preset');
    },
  };
  return new Map(Object.entries(actions));
}

function speedOf(value: string): number {
  const speed = value === '' ? 0 : Number(value);
  if (Number.isNaN(speed)) throw new SoapFault('Sender', 'InvalidArgVal', 'speed');
  return Math.min(1, Math.max(-1, speed));
}

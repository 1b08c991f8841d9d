/** Who may do what with incidents. */
import type { PermissionTable } from '@wangge/kernel';

export const incidentPermissions = {
  'incidents.read': {
    by: [
      'grid-head',
      'grid-member',
      'micro-grid-member',
      'village-cadre',
      'police',
      'department-handler',
      'dispatcher',
      'leader',
    ],
    own: ['assigned', 'reported'],
  },
  /** To take many of them away as a file: who works at a desk, not who carries them on a phone. */
  'incidents.export': { by: ['grid-head', 'village-cadre', 'department-handler', 'dispatcher', 'leader'] },
  'incidents.report': {
    by: [
      'grid-head',
      'grid-member',
      'micro-grid-member',
      'village-cadre',
      'police',
      'doctor',
      'volunteer',
      'department-handler',
      'dispatcher',
      'leader',
    ],
  },
  /** To move one at all; which moves follows from the hats below. */
  'incidents.move': { by: ['dispatcher', 'leader', 'grid-head', 'village-cadre'], own: ['reported'] },
  'incidents.decide': { by: ['dispatcher'] },
  'incidents.verify': { by: ['dispatcher', 'leader', 'grid-head'] },
  'incidents.supervise': { by: ['leader', 'dispatcher'] },
  /** To take notice of a reminder and to answer a supervision. */
  'incidents.acknowledge': {
    by: [
      'grid-head',
      'grid-member',
      'micro-grid-member',
      'village-cadre',
      'department-handler',
      'dispatcher',
      'leader',
    ],
    own: ['assigned'],
  },
  'incidents.escalate': { by: ['grid-head', 'village-cadre', 'dispatcher'] },
  /** Of an anonymous report: whoever goes there or sends somebody. All others see its micro-grid. */
  'incidents.exact-place': {
    by: ['dispatcher', 'grid-head', 'grid-member', 'micro-grid-member', 'department-handler'],
    own: ['assigned', 'reported'],
  },
  'incidents.reveal-reporter': { by: ['dispatcher'] },
  /** To show a text and photos to the public. */
  'incidents.release': { by: ['dispatcher'] },
  'incidents.edit-categories': { by: ['system-admin'] },
  /** To see what was learned, learn anew, switch it off. */
  'incidents.manage-suggestions': { by: ['system-admin'] },
} as const satisfies PermissionTable;

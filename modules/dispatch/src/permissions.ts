/** Who may do what with orders. */
import type { PermissionTable } from '@wangge/kernel';

export const dispatchPermissions = {
  'dispatch.read': {
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
  'dispatch.offer': { by: ['dispatcher'] },
  /** To move an order at all; which moves follows from who one is to it. */
  'dispatch.move': { by: ['dispatcher', 'leader', 'grid-head', 'department-handler'], own: ['assigned'] },
  /** To say who gets what by itself, and what skills that takes. */
  'dispatch.edit-rules': { by: ['dispatcher', 'leader'] },
  /** To decide about a suspension or an extension that somebody else asked for. */
  'dispatch.approve': { by: ['dispatcher', 'leader'] },
  /** To give one instruction to all members of an area. */
  'dispatch.instruct': { by: ['grid-head', 'village-cadre', 'dispatcher', 'leader'] },
  /** To call departments to a place, to end that and to rate them. */
  'dispatch.whistle': { by: ['dispatcher', 'leader'] },
  /** To call for help from the field, and to take such a call. */
  'dispatch.ask-help': {
    by: ['grid-head', 'grid-member', 'micro-grid-member', 'village-cadre', 'police', 'department-handler'],
    own: ['assigned'],
  },
  'dispatch.answer-help': { by: ['grid-head', 'village-cadre', 'dispatcher', 'leader'] },
  'dispatch.ask-whistle': { by: ['grid-head', 'grid-member', 'micro-grid-member', 'village-cadre'] },
  'dispatch.report-in': { by: ['department-handler'] },
  'dispatch.whistle-figures': { by: ['dispatcher', 'leader', 'department-handler'] },
} as const satisfies PermissionTable;

/** Pages of the navigation and the permission without which they make no sense. */
export const pages = [
  { to: '/', name: 'desk', permission: 'incidents.read' },
  { to: '/overview', name: 'overview', permission: 'incidents.read' },
  { to: '/whistles', name: 'whistles', permission: 'dispatch.whistle-figures' },
  { to: '/instructions', name: 'instructions', permission: 'dispatch.instruct' },
  { to: '/patrols', name: 'patrols', permission: 'patrols.read' },
  { to: '/video', name: 'video', permission: 'video.read' },
  { to: '/video/looks', name: 'looks', permission: 'audit.read' },
  { to: '/admin/areas', name: 'areas', permission: null },
  { to: '/admin/people', name: 'people', permission: 'staff.read' },
  { to: '/admin/categories', name: 'categories', permission: null },
  { to: '/admin/rules', name: 'rules', permission: 'dispatch.edit-rules' },
  { to: '/admin/suggestions', name: 'suggestions', permission: 'incidents.manage-suggestions' },
  { to: '/admin/hotline', name: 'hotline', permission: 'integrations.read-sources' },
  { to: '/admin/calendar', name: 'calendar', permission: null },
  { to: '/admin/notify', name: 'notify', permission: 'notify.manage' },
  { to: '/admin/audit', name: 'audit', permission: 'audit.read' },
] as const;

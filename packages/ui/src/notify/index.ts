export { Inbox } from './inbox.tsx';
export { PreferencesForm } from './preferences-form.tsx';
export { PushCard } from './push-card.tsx';
export { notifyTexts } from './texts.ts';
export { useInbox } from './use-inbox.ts';
export { endPush, onPushOpened, type PushApp } from '../push/use-push.ts';

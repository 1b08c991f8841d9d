/**
 * For a dialog's `afterOpenChange`: puts the caret into its first field once it is drawn. A dialog that
 * a person opened to fill something in is the one place where moving the focus helps everybody.
 */
export function focusFirstField(open: boolean): void {
  if (!open) return;
  const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]');
  dialogs[dialogs.length - 1]
    ?.querySelector<HTMLElement>('textarea, input:not([type="file"]):not([type="checkbox"])')
    ?.focus();
}

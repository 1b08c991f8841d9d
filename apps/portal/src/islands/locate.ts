/** "Where I am now" into the hidden fields of a form. Phones allow it on HTTPS only; else the button stays away. */
export function locate(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>('[data-locate]');
  const status = element.querySelector<HTMLElement>('[data-status]');
  if (!button || !status || !window.isSecureContext || !('geolocation' in navigator)) return;
  const field = (name: string): HTMLInputElement | null => element.querySelector(`input[name="${name}"]`);
  const set = (name: string, value: number): void => {
    const input = field(name);
    if (input) input.value = String(value);
  };
  element.hidden = false;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    status.textContent = element.dataset['busy'] ?? '';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        // Seven digits are a centimetre; more would only look exact.
        set('lon', Number(coords.longitude.toFixed(7)));
        set('lat', Number(coords.latitude.toFixed(7)));
        set('accuracy', Math.round(coords.accuracy));
        const off = element.querySelector<HTMLInputElement>('input[name="noplace"]');
        if (off) off.checked = false;
        status.textContent = (element.dataset['taken'] ?? '').replace('0', String(Math.round(coords.accuracy)));
        if (element.dataset['send'] !== undefined && element instanceof HTMLFormElement) element.submit();
      },
      () => {
        button.disabled = false;
        status.textContent = element.dataset['failed'] ?? '';
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}

export function CameraMapPage() {
  return null;
}

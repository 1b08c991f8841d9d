/** Photos made small before they travel: a village's uplink takes minutes for what a camera makes in an instant. */
const longestEdge = 1600;
/** Small ones stay as they are: making them anew costs quality and saves nothing. */
const smallBytes = 700_000;

/** The photo, smaller where that helps. Rejects where this browser cannot read it. */
export async function shrink(file: File): Promise<File> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, longestEdge / Math.max(image.width, image.height));
    if (scale === 1 && file.size <= smallBytes) return file;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' });
  } finally {
    image.close();
  }
}

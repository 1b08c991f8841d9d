import { useCallback } from 'react';

interface Props {
  /** An address, or a photo that is still on the phone. */
  readonly source: string | Blob;
  readonly alt: string;
  readonly onBroken?: () => void;
}

/** A picture; the memory of one that is still on the phone is given back with it. */
export function Picture({ source, alt, onBroken }: Props) {
  const show = useCallback(
    (img: HTMLImageElement) => {
      const url = typeof source === 'string' ? source : URL.createObjectURL(source);
      img.src = url;
      return () => {
        if (typeof source !== 'string') URL.revokeObjectURL(url);
      };
    },
    [source],
  );
  return <img ref={show} alt={alt} decoding="async" onError={onBroken} />;
}

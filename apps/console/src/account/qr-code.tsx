import { useEffect, useState } from 'react';

/** A QR code drawn in the browser: the text (a secret) never goes anywhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [image, setImage] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(text, { margin: 2, width: 200 }))
      .then((made) => {
        if (wanted) setImage(made);
      });
    return () => {
      wanted = false;
    };
  }, [text]);
  return image === null ? (
    <div className="qr" />
  ) : (
    <img className="qr" src={image} alt={label} width={200} height={200} />
  );
}

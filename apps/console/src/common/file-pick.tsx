interface Props {
  readonly label: string;
  readonly accept: string;
  readonly onPick: (file: File) => void;
}

/** A file field in the page's language: the browser's own speaks the system's. */
export function FilePick({ label, accept, onPick }: Props) {
  return (
    <label className="photo-add file-pick">
      {label}
      <input
        type="file"
        accept={accept}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onPick(file);
          event.target.value = '';
        }}
      />
    </label>
  );
}

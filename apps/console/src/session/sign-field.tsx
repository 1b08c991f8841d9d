import { useId, type InputHTMLAttributes, type Ref } from 'react';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly problem?: string | null;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A labelled field of the sign-in: plain HTML, so that the door opens without the component library. */
export function SignField({ label, hint, problem = null, ref, ...rest }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className="sign-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        ref={ref}
        aria-invalid={problem !== null}
        {...(note === undefined ? {} : { 'aria-describedby': `${id}-note` })}
      />
      {note === undefined ? null : (
        <p id={`${id}-note`} className={problem === null ? 'muted' : 'sign-problem'}>
          {note}
        </p>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';

/** Something went wrong or is missing: in words, beside the button that failed, read out at once. */
export function Problem({ children }: { children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div className="problem" role="alert">
      <span aria-hidden="true" className="problem-mark">
        !
      </span>
      <div>{children}</div>
    </div>
  );
}

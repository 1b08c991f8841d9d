import { fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { TextField } from '../shell/text-field.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password that may be looked at: on a phone's keyboard in the sun one mistypes. */
export function PasswordField(props: Props) {
  const t = useTexts(fieldShellTexts).signIn;
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      maxLength={200}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <button
          type="button"
          className="icon-button"
          aria-pressed={shown}
          aria-label={shown ? t.hidePassword : t.showPassword}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eye-off' : 'eye'} />
        </button>
      }
    />
  );
}

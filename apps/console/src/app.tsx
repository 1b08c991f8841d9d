import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient, LangProvider } from '@wangge/ui';
import { Gate } from './session/gate.tsx';
import { meKey } from './session/me.tsx';

/** A lost session shows the sign-in at the same address, so that one goes on where one was. */
const client = createQueryClient(() => client.setQueryData(meKey, null));

export function App() {
  return (
    <LangProvider>
      <QueryClientProvider client={client}>
        <div className="app">
          <Gate />
        </div>
      </QueryClientProvider>
    </LangProvider>
  );
}

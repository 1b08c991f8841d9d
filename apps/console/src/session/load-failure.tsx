import { CallError } from '@wangge/client';
import { ErrorBlock } from '@wangge/ui';
import { Component, type ReactNode } from 'react';

/** The console's code could not be fetched, for want of a connection or because a new version came: says so. */
export class LoadFailure extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const error = new CallError('internal', {
      zh: '页面没有加载成功，请检查网络后重试。',
      en: 'The page could not be loaded. Please check the connection and try again.',
    });
    return (
      <div className="gate">
        {/* A module that failed to load stays failed until the page is loaded anew. */}
        <ErrorBlock error={error} onRetry={() => location.reload()} />
      </div>
    );
  }
}

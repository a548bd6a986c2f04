import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { useWords } from '../i18n/i18n.js';
import { Failed } from '../ui/states.js';

/** Where something inside breaks, says so instead of showing it, until another address is opened. */
export function WhereItBreaks({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation();
  return <Boundary address={pathname + search}>{children}</Boundary>;
}

interface Shown {
  address: string;
  children: ReactNode;
}

interface State {
  address: string;
  isBroken: boolean;
}

class Boundary extends Component<Shown, State> {
  override state: State = { address: this.props.address, isBroken: false };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ address }: Shown, state: State): State {
    return address === state.address ? state : { address, isBroken: false };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return <Failed what={t('page.broken')} retry={() => window.location.reload()} />;
}

import { useCallback, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';

/** Follows plain links inside of an element as a `Link` is followed: where there are hundreds, each costs more than one listener for all. */
export function useFollowed(): (event: MouseEvent<HTMLElement>) => void {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      const address = (event.target as HTMLElement).closest('a')?.getAttribute('href');
      const isOther = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
      if (!address || isOther || event.defaultPrevented) return;
      event.preventDefault();
      void navigate(address);
    },
    [navigate],
  );
}

import { useRouter } from '@tanstack/react-router';
import { forwardRef, useCallback, type AnchorHTMLAttributes, type MouseEvent } from 'react';

export interface GoProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
}

/** A link inside the app: a real `href` (opens in a new tab, copies), without loading the page anew. */
export const Go = forwardRef<HTMLAnchorElement, GoProps>(function Go({ onClick, className = 'go', ...rest }, ref) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || rest.target)
      return;
    event.preventDefault();
    router.history.push(rest.href);
  };
  return <a ref={ref} className={className} {...rest} onClick={follow} />;
});

/** Goes to a path of `paths`. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback((href, options) => (options?.replace ? router.history.replace(href) : router.history.push(href)), [router]);
}

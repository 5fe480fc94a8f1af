// Where menus and tips are drawn: inside a sheet with a theme of its own, else over the page.
import { createContext } from 'react';

/** Undefined: the page. */
export const PortalTarget = createContext<HTMLElement | undefined>(undefined);

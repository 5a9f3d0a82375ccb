import { createElement } from 'react';

/** @param {{children: import('react').ReactNode}} props */
export default ({ children }) =>
  createElement('html', { lang: 'en' }, createElement('body', null, children));

/** The behaviour suite over XMLHttpRequest: that of each browser, and React Native's. */
import { describeRuntimes } from './in_jest.js';

await describeRuntimes([
  { title: 'Chromium, XMLHttpRequest', args: ['chromium:page', '--implementation', 'xhr'] },
  { title: 'React Native (iOS), XMLHttpRequest', args: ['react-native:ios'] },
  { title: 'Firefox, XMLHttpRequest', args: ['firefox:page', '--implementation', 'xhr'] },
  { title: 'WebKitGTK, XMLHttpRequest', args: ['webkit:page', '--implementation', 'xhr'] },
]);

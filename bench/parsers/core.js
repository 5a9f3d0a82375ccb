import '../../js/entries/index.js';
import { hostCore } from '../../js/core/host_core.js';
import { withCore } from './with_core.js';

export default withCore(hostCore);
